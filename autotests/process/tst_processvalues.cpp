// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Values that are sent to another process, and values that come back.

#include <QSeamstress/QSeamstressProcess>
#include <QSeamstressTest>

#include <QRegularExpression>
#include <QSize>
#include <QTest>

class TestProcessValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sendsArguments();
    void sendsValuesBack();
    void valueThatCannotBeSent();
    void valueThatCannotBeRead();
    void tooMuchToSend_data();
    void tooMuchToSend();
};

enum class Colour { Red, Green };

struct Point
{
    int x = 0;
    int y = 0;
};
static QDataStream &operator<<(QDataStream &stream, const Point &point)
{
    return stream << point.x << point.y;
}
static QDataStream &operator>>(QDataStream &stream, Point &point)
{
    return stream >> point.x >> point.y;
}

void TestProcessValues::sendsArguments()
{
    qRegisterMetaType<QList<int>>(); // so that it can be read from a QVariant that comes back
    QSeamstressProcess process([](const QString &text, QList<int> numbers, QMap<QString, QByteArray> map, Colour colour, Point point, QVariant variant, double real) -> QSeamstressScript {
        co_yield "before"; // the reference text stays valid
        const QVariant all = QVariantList{ text, QVariant::fromValue(numbers), map.value("key"), int(colour), point.x + point.y, variant, real };
        co_yield QSeamstress::Pause("all", all);
    }, QStringLiteral("Grüße, and more than fits in place"), QList<int>{ 1, 2 }, QMap<QString, QByteArray>{ { "key", "value" } }, Colour::Green, Point{ 3, 4 }, QVariant(QSize(5, 6)), 0.5);
    QVERIFY2(process.runTo("all"), qPrintable(process.errorString()));
    const QVariantList all = process.pauseValue().toList();
    QCOMPARE(all.size(), 7);
    QCOMPARE(all.at(0).toString(), QStringLiteral("Grüße, and more than fits in place"));
    QCOMPARE(all.at(1).value<QList<int>>(), QList<int>({ 1, 2 }));
    QCOMPARE(all.at(2).toByteArray(), "value");
    QCOMPARE(all.at(3).toInt(), int(Colour::Green));
    QCOMPARE(all.at(4).toInt(), 7);
    QCOMPARE(all.at(5).toSize(), QSize(5, 6));
    QCOMPARE(all.at(6).toDouble(), 0.5);
}

void TestProcessValues::sendsValuesBack()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        const QVariant map = QVariantMap{ { "list", QVariantList{ 1, "two" } } };
        co_yield QSeamstress::Pause(QStringLiteral("Grüße"), map);
    });
    QVERIFY(process.enter());
    QCOMPARE(process.pausePoint(), QStringLiteral("Grüße"));
    QCOMPARE(process.pauseValue().toMap().value("list").toList(), QVariantList({ 1, "two" }));
}

struct NotStreamable
{
    int number = 0;
};
Q_DECLARE_METATYPE(NotStreamable)

void TestProcessValues::valueThatCannotBeSent()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        const QVariant value = QVariant::fromValue(NotStreamable{ 1 });
        co_yield QSeamstress::Pause("here", value);
    });
    process.setObjectName("sender");
    QVERIFY(process.enter());
    QVERIFY(!process.pauseValue().isValid());
    QVERIFY(!process.exit());
    QCOMPARE(process.error().code(), QSeamstressError::InvalidUse);
    QVERIFY2(process.errorString().startsWith("\"sender\": the value at its pause point \"here\" has the type NotStreamable, which cannot be sent between processes; "), qPrintable(process.errorString()));
}

void TestProcessValues::valueThatCannotBeRead()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        const QVariant value = QVariant::fromValue(QList<short>{ 1 }); // registers the type in the child process, but not in the test
        co_yield QSeamstress::Pause("here", value);
    });
    process.setObjectName("sender");
    QVERIFY(process.enter());
    QVERIFY(!process.pauseValue().isValid());
    QVERIFY(!process.exit());
    QCOMPARE(process.error().code(), QSeamstressError::InvalidUse);
    QVERIFY2(process.errorString().contains("has the type QList<short>, which this test cannot read; call qRegisterMetaType<QList<short>>() in the test"), qPrintable(process.errorString()));
}

void TestProcessValues::tooMuchToSend_data()
{
    QTest::addColumn<bool>("toTheProcess");
    QTest::newRow("argument") << true;
    QTest::newRow("value") << false;
}

void TestProcessValues::tooMuchToSend()
{
    QFETCH(const bool, toTheProcess);
    static constexpr int much = 64 * 1024 * 1024;
    QSeamstressProcess process([](QByteArray, int size) -> QSeamstressScript {
        const QByteArray value(size, 'x');
        co_yield QSeamstress::Pause("here", value);
    }, QByteArray(toTheProcess ? much : 0, 'x'), toTheProcess ? 0 : much);
    process.setObjectName("sender");
    if (toTheProcess) {
        const QRegularExpression text("\"sender\" cannot send 6710\\d{4} bytes to its process, which accepts at most 67108864; write the arguments of its script, or the properties of its config, to a file and pass its path\\.$");
        QTest::ignoreMessage(QtWarningMsg, text);
        QVERIFY(!process.enter());
        QVERIFY2(text.match(process.errorString()).hasMatch(), qPrintable(process.errorString()));
        QCOMPARE(process.phase(), QSeamstressExecutor::Idle);
    } else {
        QVERIFY2(process.enter(), qPrintable(process.errorString()));
        QVERIFY(!process.pauseValue().isValid());
        QVERIFY(!process.exit());
        QVERIFY2(process.errorString().startsWith("\"sender\": the value at its pause point \"here\" has 6710"), qPrintable(process.errorString()));
        QVERIFY2(process.errorString().endsWith(" bytes, but at most 67108864 bytes can be sent between processes; write the value to a file and pass its path."), qPrintable(process.errorString()));
    }
    QCOMPARE(process.error().code(), QSeamstressError::InvalidUse);
}

QTEST_GUILESS_MAIN(TestProcessValues)
#include "tst_processvalues.moc"
