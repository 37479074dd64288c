// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The payloads of the messages between a test and its child process.

#include <QJsonObject>
#include <QPersistentModelIndex>
#include <QTest>

#include "../../src/process/payload_p.h"
#include "../../src/process/reportframes_p.h"
#include "../../src/process/startframe_p.h"

using namespace QSeamstressPrivate;

// A list that announces more elements than fit into memory throws std::bad_alloc, as it does without sanitizers.
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options()
{
    return "allocator_may_return_null=1:max_allocation_size_mb=4096";
}
extern "C" const char *__tsan_default_options();
extern "C" const char *__tsan_default_options()
{
    return "allocator_may_return_null=1:max_allocation_size_mb=4096";
}

struct Coin
{
    int value = 0;
    bool operator==(const Coin &other) const = default;
};
QDataStream &operator<<(QDataStream &stream, const Coin &coin)
{
    return stream << coin.value;
}
QDataStream &operator>>(QDataStream &stream, Coin &coin)
{
    return stream >> coin.value;
}
Q_DECLARE_METATYPE(Coin)

struct Throwing
{
    bool operator==(const Throwing &other) const = default;
};
QDataStream &operator<<(QDataStream &stream, const Throwing &)
{
    return stream << 1;
}
QDataStream &operator>>(QDataStream &, Throwing &)
{
    throw 1;
}
Q_DECLARE_METATYPE(Throwing)

struct Unstreamable
{
    int value = 0;
};
Q_DECLARE_METATYPE(Unstreamable)

namespace {

using Decoder = bool (*)(const QByteArray &);

StartFrame someStart()
{
    StartFrame start;
    start.scriptKey = "/usr/bin/tst_pay+4711";
    start.arguments = QByteArray("\0\1\2", 3);
    start.configClass = "LockConfig";
    start.configProperties = packProperties({ { "file", "/tmp/lock" }, { "count", 3 } });
    start.target = { Target::NamedPoint, "locked" };
    start.order = 4000000000;
    start.origin = "hogger";
    start.name = "script \"hogger\"";
    start.segmentSize = 65536;
    start.applicationName = "tst_pay";
    start.applicationVersion = "1.2";
    start.organizationName = "Näherei";
    start.organizationDomain = "example.org";
    start.testModeEnabled = true;
    return start;
}

// The bytes of nested QVariant lists of one element each.
QByteArray listsInLists(int depth)
{
    const QByteArray list = pack(quint32(QMetaType::QVariantList), quint8(0), quint32(1));
    return list.repeated(depth) + pack(QVariant());
}

} // namespace

class TestPayloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startComesBack();
    void reportsComeBack();
    void ordersComeBack();
    void areRefused_data();
    void areRefused();
    void valuesComeBack_data();
    void valuesComeBack();
    void valuesAreLost_data();
    void valuesAreLost();
    void propertiesAreRefused();
    void unstreamableIsNamed_data();
    void unstreamableIsNamed();
};

void TestPayloads::startComesBack()
{
    const StartFrame sent = someStart();
    const std::optional<StartFrame> start = StartFrame::decode(sent.encode());
    QVERIFY(start);
    QCOMPARE(start->scriptKey, sent.scriptKey);
    QCOMPARE(start->arguments, sent.arguments);
    QCOMPARE(start->configClass, sent.configClass);
    QCOMPARE(unpackProperties(start->configProperties), QVariantMap({ { "file", "/tmp/lock" }, { "count", 3 } }));
    QCOMPARE(start->target.kind, Target::NamedPoint);
    QCOMPARE(start->target.point, "locked");
    QCOMPARE(start->order, 4000000000);
    QCOMPARE(start->origin, sent.origin);
    QCOMPARE(start->name, sent.name);
    QCOMPARE(start->segmentSize, 65536);
    QCOMPARE(start->applicationName, sent.applicationName);
    QCOMPARE(start->applicationVersion, sent.applicationVersion);
    QCOMPARE(start->organizationName, sent.organizationName);
    QCOMPARE(start->organizationDomain, sent.organizationDomain);
    QVERIFY(start->testModeEnabled);
}

void TestPayloads::reportsComeBack()
{
    const std::optional<ReachedFrame> reached = ReachedFrame::decode(ReachedFrame{ "gelöst", true }.encode());
    QVERIFY(reached);
    QCOMPARE(reached->point, "gelöst");
    QVERIFY(reached->halts);

    const std::optional<HaltedFrame> halted = HaltedFrame::decode(HaltedFrame{ "", 5, 7 }.encode());
    QVERIFY(halted);
    QCOMPARE(halted->point, "");
    QCOMPARE(halted->order, 7u);
}

void TestPayloads::ordersComeBack()
{
    for (const Target::Kind kind : { Target::NextPoint, Target::NamedPoint, Target::End }) {
        const std::optional<TargetFrame> target = TargetFrame::decode(TargetFrame{ { kind, "there" }, 3 }.encode());
        QVERIFY(target);
        QCOMPARE(target->target.kind, kind);
        QCOMPARE(target->target.point, "there");
        QCOMPARE(target->order, 3u);
    }
    const std::optional<CancelFrame> cancel = CancelFrame::decode(CancelFrame{ "given up" }.encode());
    QVERIFY(cancel);
    QCOMPARE(cancel->message, "given up");
}

void TestPayloads::areRefused_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<Decoder>("isDecoded");

    const auto addRows = []<class Message>(const char *name, const Message &message) {
        const Decoder isDecoded = [](const QByteArray &payload) { return Message::decode(payload).has_value(); };
        const QByteArray payload = message.encode();
        for (qsizetype size = 0; size < payload.size(); ++size)
            QTest::addRow("%s-cut-at-byte-%d", name, int(size)) << payload.left(size) << isDecoded;
        QTest::addRow("%s-and-a-byte", name) << payload + 'x' << isDecoded;
        QTest::addRow("%s-twice", name) << payload + payload << isDecoded;
    };
    addRows("start", someStart());
    addRows("target", TargetFrame{ { Target::NamedPoint, "there" }, 3 });
    addRows("reached", ReachedFrame{ "here", true });
    addRows("halted", HaltedFrame{ "here", QVariantList{ 1, "two" }, 7 });
    addRows("cancel", CancelFrame{ "given up" });

    const Decoder isTarget = [](const QByteArray &payload) { return TargetFrame::decode(payload).has_value(); };
    QTest::newRow("target-of-no-kind") << pack(quint8(3), QString(), quint32(1)) << isTarget;
    const Decoder isStart = [](const QByteArray &payload) { return StartFrame::decode(payload).has_value(); };
    StartFrame start = someStart();
    start.segmentSize = -1;
    QTest::newRow("start-with-a-negative-size") << start.encode() << isStart;
    const Decoder isHalted = [](const QByteArray &payload) { return HaltedFrame::decode(payload).has_value(); };
    QTest::newRow("halted-with-a-value-of-no-type") << pack(QString(), quint32(1), QString(), pack(QVariant(1))) << isHalted;
}

void TestPayloads::areRefused()
{
    QFETCH(QByteArray, payload);
    QFETCH(Decoder, isDecoded);
    QVERIFY(!isDecoded(payload));
}

void TestPayloads::valuesComeBack_data()
{
    QTest::addColumn<QVariant>("value");

    QTest::newRow("none") << QVariant();
    QTest::newRow("null-of-a-type") << QVariant(QMetaType::fromType<int>());
    QTest::newRow("number") << QVariant(42);
    QTest::newRow("text") << QVariant("zwölf");
    QTest::newRow("list") << QVariant(QVariantList{ 1, "two", QVariantList{ 3.0 } });
    QTest::newRow("map") << QVariant(QVariantMap{ { "one", 1 }, { "inner", QVariantMap{ { "two", QStringList{ "a", "b" } } } } });
    QTest::newRow("enum") << QVariant::fromValue(Qt::AlignRight);
    QTest::newRow("own-type") << QVariant::fromValue(Coin{ 5 });
    QTest::newRow("list-of-own-type") << QVariant::fromValue(QList<Coin>{ { 1 }, { 2 } });
    QTest::newRow("own-type-in-a-list") << QVariant(QVariantList{ QVariant::fromValue(Coin{ 5 }) });
    QVariant lists;
    for (int i = 0; i < 30; ++i)
        lists = QVariantList{ lists };
    QTest::newRow("thirty-lists-in-lists") << lists;
}

void TestPayloads::valuesComeBack()
{
    QFETCH(QVariant, value);

    QCOMPARE(unstreamable(value), QString());
    const std::optional<HaltedFrame> halted = HaltedFrame::decode(HaltedFrame{ "here", value, 1 }.encode());
    QVERIFY(halted);
    QCOMPARE(halted->lostType, QString());
    QCOMPARE(halted->value, value);
    QCOMPARE(halted->value.metaType(), value.metaType());
    QCOMPARE(halted->value.isNull(), value.isNull());
}

void TestPayloads::valuesAreLost_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("warning");

    const QByteArray coin = pack(QVariant::fromValue(Coin{ 5 }));
    QTest::newRow("type-that-nobody-registered") << QByteArray(coin).replace("Coin", "Bill") << QByteArray("QVariant::load: unknown user type with name Bill.");
    QTest::newRow("type-without-operators") << QByteArray(coin).replace("Coin", "void") << QByteArray();
    QTest::newRow("number-of-no-type") << pack(quint32(0xfffff0), quint8(0))
                                       << QByteArray("Trying to construct an instance of an invalid type, type id: 16777200");
    QTest::newRow("bytes-too-few") << coin.chopped(1) << QByteArray();
    QTest::newRow("bytes-too-many") << coin + 'x' << QByteArray();
    QTest::newRow("operator-that-throws") << pack(QVariant::fromValue(Throwing{})) << QByteArray();
    QTest::newRow("list-longer-than-memory") << pack(quint32(QMetaType::QVariantList), quint8(0), quint32(0xffffffff)) << QByteArray();
    QTest::newRow("text-longer-than-memory") << pack(quint32(QMetaType::QString), quint8(0), quint32(0xfffffffe)) << QByteArray();
    QTest::newRow("map-longer-than-memory") << pack(quint32(QMetaType::QVariantMap), quint8(0), quint32(0xffffffff)) << QByteArray();
    QTest::newRow("a-hundred-thousand-lists-in-lists") << listsInLists(100000) << QByteArray();
}

void TestPayloads::valuesAreLost()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, warning);

    if (!warning.isEmpty())
        QTest::ignoreMessage(QtWarningMsg, warning.constData());
    const std::optional<HaltedFrame> halted = HaltedFrame::decode(pack(QString("here"), quint32(7), QString("Its::Type"), bytes));
    QVERIFY(halted);
    QCOMPARE(halted->point, "here");
    QCOMPARE(halted->order, 7u);
    QCOMPARE(halted->lostType, "Its::Type");
    QVERIFY(!halted->value.isValid());
}

void TestPayloads::propertiesAreRefused()
{
    const QByteArray bytes = packProperties({ { "count", 5 }, { "names", QStringList{ "a", "b" } } });
    QVERIFY(unpackProperties(bytes));
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY(!unpackProperties(bytes.left(size)));
    QVERIFY(!unpackProperties(bytes + 'x'));
    QTest::ignoreMessage(QtWarningMsg, "QVariant::load: unknown user type with name Bill.");
    QVERIFY(!unpackProperties(packProperties({ { "coin", QVariant::fromValue(Coin{ 5 }) } }).replace("Coin", "Bill")));
    QVERIFY(!unpackProperties(pack(quint32(1), QString("deep")) + listsInLists(100000)));
}

void TestPayloads::unstreamableIsNamed_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("type");

    const QVariant bad = QVariant::fromValue(Unstreamable{});
    QTest::newRow("none") << QVariant() << QString();
    QTest::newRow("null") << QVariant::fromValue(nullptr) << QString();
    QTest::newRow("json") << QVariant(QJsonObject{ { "a", 1 } }) << QString();
    QTest::newRow("own-type-with-operators") << QVariant::fromValue(Coin{}) << QString();
    QTest::newRow("own-type-without") << bad << QString("Unstreamable");
    QTest::newRow("list-of-those") << QVariant::fromValue(QList<Unstreamable>()) << QString("QList<Unstreamable>");
    QTest::newRow("one-in-a-list") << QVariant(QVariantList{ 1, bad }) << QString("Unstreamable");
    QTest::newRow("one-in-a-map") << QVariant(QVariantMap{ { "a", 1 }, { "b", bad } }) << QString("Unstreamable");
    QTest::newRow("one-in-a-hash") << QVariant(QVariantHash{ { "b", bad } }) << QString("Unstreamable");
    QTest::newRow("one-in-a-map-in-a-list-in-a-list") << QVariant(QVariantList{ QVariantList{ QVariantMap{ { "b", bad } } } }) << QString("Unstreamable");
    QTest::newRow("pointer-to-an-object") << QVariant::fromValue(static_cast<QObject *>(this)) << QString("QObject*");
    QTest::newRow("pointer") << QVariant::fromValue(static_cast<void *>(this)) << QString("void*");
    QTest::newRow("pointer-to-text") << QVariant::fromValue(static_cast<char *>(nullptr)) << QString("char*");
    QTest::newRow("index-of-a-model") << QVariant(QPersistentModelIndex()) << QString("QPersistentModelIndex");
}

void TestPayloads::unstreamableIsNamed()
{
    QFETCH(QVariant, value);
    QFETCH(QString, type);
    QCOMPARE(unstreamable(value), type);
}

QTEST_APPLESS_MAIN(TestPayloads)

#include "tst_payloads.moc"
