// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The pause points of a coroutine: their names, their values, and where it pauses.

#include <QSeamstressScript>
#include <QSeamstressThread>

#include <QTest>

class TestPausePoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haltsAtEachNamedPoint();
    void haltsAtPointsWithoutName();
    void copiesTheNameOfAPoint();
    void takesNamesAsQString_data();
    void takesNamesAsQString();
    void givesValues_data();
    void givesValues();
    void forgetsTheValueOfTheLastPoint();
    void pausesInLoopsAndBranches();
};

void TestPausePoints::haltsAtEachNamedPoint()
{
    QStringList done;
    QSeamstressThread thread([&done]() -> QSeamstressScript {
        done.append("begun");
        co_yield "first";
        done.append("between");
        co_yield "second";
        done.append("over");
    });

    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "first");
    QCOMPARE(done, QStringList({ "begun" }));

    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "second");
    QCOMPARE(done, QStringList({ "begun", "between" }));

    QVERIFY(thread.exit());
    QCOMPARE(thread.pausePoint(), QString());
    QCOMPARE(done, QStringList({ "begun", "between", "over" }));
}

void TestPausePoints::haltsAtPointsWithoutName()
{
    int done = 0;
    QSeamstressThread thread([&done]() -> QSeamstressScript {
        co_yield QSeamstress::Pause();
        ++done;
        co_yield "";
        ++done;
        co_yield static_cast<const char *>(nullptr);
        ++done;
    });

    QVERIFY(thread.enter());
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(thread.phase(), QSeamstressExecutor::Paused);
        QCOMPARE(thread.pausePoint(), QString());
        QCOMPARE(thread.pauseValue(), QVariant());
        QCOMPARE(done, i);
        QVERIFY(i < 2 ? thread.advance() : thread.exit());
    }
    QCOMPARE(done, 3);
}

void TestPausePoints::copiesTheNameOfAPoint()
{
    char name[] = "before";
    QSeamstressThread thread([&name]() -> QSeamstressScript {
        co_yield name;
    });
    QVERIFY(thread.enter());
    qstrcpy(name, "after");
    QCOMPARE(thread.pausePoint(), "before");
    QVERIFY(thread.exit());
}

void TestPausePoints::takesNamesAsQString_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("word") << QStringLiteral("locked");
    QTest::newRow("several-words") << QStringLiteral("the file is written");
    QTest::newRow("beyond-latin-1") << QStringLiteral("geöffnet – 開いた");
    QTest::newRow("long") << QString(100'000, QLatin1Char('x'));
    QTest::newRow("empty") << QString();
}

void TestPausePoints::takesNamesAsQString()
{
    QFETCH(const QString, name);

    QSeamstressThread thread([&name]() -> QSeamstressScript {
        co_yield name;
        const QByteArray utf8 = name.toUtf8();
        co_yield utf8.constData();
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), name);
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), name);
    QVERIFY(thread.exit());
}

void TestPausePoints::givesValues_data()
{
    QTest::addColumn<QVariant>("value");

    QTest::newRow("number") << QVariant(42);
    QTest::newRow("text") << QVariant(QStringLiteral("text"));
    QTest::newRow("list") << QVariant(QVariantList{ 1, QStringLiteral("two"), 3.5 });
    QTest::newRow("list-of-lists") << QVariant(QVariantList{ QVariant(QVariantList{ 1, 2 }), QVariant(QVariantList()) });
    QTest::newRow("map") << QVariant(QVariantMap{ { QStringLiteral("one"), 1 } });
    QTest::newRow("none") << QVariant();
}

void TestPausePoints::givesValues()
{
    QFETCH(const QVariant, value);

    QSeamstressThread thread([&value]() -> QSeamstressScript {
        co_yield QSeamstress::Pause("literal", value);
        co_yield QSeamstress::Pause(QStringLiteral("QString"), value);
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "literal");
    QCOMPARE(thread.pauseValue(), value);
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "QString");
    QCOMPARE(thread.pauseValue(), value);
    QVERIFY(thread.exit());
}

void TestPausePoints::forgetsTheValueOfTheLastPoint()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        co_yield QSeamstress::Pause("with", 1);
        co_yield "without";
        co_yield QSeamstress::Pause("with", 2);
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pauseValue(), QVariant(1));
    QVERIFY(thread.advance());
    QCOMPARE(thread.pauseValue(), QVariant());
    QVERIFY(thread.advance());
    QCOMPARE(thread.pauseValue(), QVariant(2));
    QVERIFY(thread.exit());
    QCOMPARE(thread.pauseValue(), QVariant());
}

void TestPausePoints::pausesInLoopsAndBranches()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        for (int i = 0; i < 4; ++i) {
            if (i % 2 == 0)
                co_yield QSeamstress::Pause("even", i);
            else
                co_yield QSeamstress::Pause("odd", i);
        }
    });
    QVERIFY(thread.enter());
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(thread.pausePoint(), i % 2 == 0 ? "even" : "odd");
        QCOMPARE(thread.pauseValue().toInt(), i);
        QVERIFY(i < 3 ? thread.advance() : thread.exit());
    }
}

QTEST_GUILESS_MAIN(TestPausePoints)
#include "tst_pausepoints.moc"
