// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What is special to processes: scripts that are found again over there, and what is sent there and comes back.

#include <QSeamstress/QSeamstressProcess>
#include <QSeamstressTest>

#include <QDir>
#include <QLockFile>
#include <QProcessEnvironment>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

#include "shared/betweenprocesses.h"

static_assert(!std::is_copy_constructible_v<QSeamstressProcess>);
static_assert(std::is_base_of_v<QSeamstressExecutor, QSeamstressProcess>);

class TestQSeamstressProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void haltsAnotherProcess_data();
    void haltsAnotherProcess();
    void holdsALockBetweenProcesses();
    void goesFromPointToPoint();
    void signalsComeBeforeTheVerbReturns();
    void comesFromTheEventLoop();
    void sendsArguments();
    void sendsValuesBack();
    void valueThatCannotBeSent();
    void valueThatCannotBeRead();
    void tooMuchToSend_data();
    void tooMuchToSend();
    void functionsAndLambdasOfOneName();
    void runsAConfig();
    void refusesAConfig_data();
    void refusesAConfig();
    void hasTheEnvironmentOfTheTest();
    void macroDeclaresAndEnters();
    void activityOfAHaltThatIsOver();
    void configDeletedWhileInUse();
    void usedAgain();
    void properties();
};

static int initialised = 0;

void TestQSeamstressProcess::initTestCase()
{
    ++initialised;
    QCoreApplication::setApplicationName("tst");
    QCoreApplication::setOrganizationName("the developers");
    QStandardPaths::setTestModeEnabled(true);
}

static QSeamstressScript twoPoints()
{
    co_yield "a";
    co_yield "b";
}

static void plainPoints()
{
    QSeamstress::pause("a", 7);
    QSeamstress::pause("b");
}

void TestQSeamstressProcess::haltsAnotherProcess_data()
{
    QTest::addColumn<QString>("form");
    for (const char *form : { "coroutine", "plain-code", "guard", "function" })
        QTest::newRow(form) << form;
}

void TestQSeamstressProcess::haltsAnotherProcess()
{
    QFETCH(const QString, form);
    QSeamstressProcess process;
    process.setObjectName("other");
    if (form == "coroutine")
        process.setScript([]() -> QSeamstressScript { co_yield QSeamstress::Pause("a", QCoreApplication::applicationPid()); });
    else if (form == "plain-code")
        process.setScript([] { QSeamstress::pause("a", QCoreApplication::applicationPid()); });
    else if (form == "guard")
        process.setScript([] { return std::make_unique<int>(7); });
    else
        process.setScript(&twoPoints);
    QCOMPARE(process.processId(), 0);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.pausePoint(), form == "guard" ? "" : "a");
    QVERIFY(process.processId() > 0);
    QVERIFY(process.processId() != QCoreApplication::applicationPid());
    if (form == "coroutine" || form == "plain-code")
        QCOMPARE(process.pauseValue().toLongLong(), process.processId());
    QCOMPARE(process.activity(), QSeamstressExecutor::Halted);
    QVERIFY2(process.exit(), qPrintable(process.errorString()));
    QCOMPARE(process.processId(), 0);
}

void TestQSeamstressProcess::holdsALockBetweenProcesses()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath("lock");
    QSEAMSTRESS_PROCESS(hogger, [](QString path) -> QSeamstressScript {
        QLockFile lock(path);
        if (!lock.tryLock())
            throw std::runtime_error("the lock is not free");
        co_yield "locked";
    }, path);
    QLockFile lock(path);
    QVERIFY(!lock.tryLock());
    QSEAMSTRESS_EXIT(hogger);
    QVERIFY(lock.tryLock());
}

void TestQSeamstressProcess::goesFromPointToPoint()
{
    QSeamstressProcess process(&plainPoints);
    QVERIFY(process.enter());
    QCOMPARE(process.pauseValue(), QVariant(7));
    QVERIFY(process.advance());
    QCOMPARE(process.pausePoint(), "b");
    QVERIFY(!process.advance());
    QCOMPARE(process.error().code(), QSeamstressError::NeverPaused);
    QVERIFY(process.runTo("b"));
    QVERIFY(process.exit());
}

void TestQSeamstressProcess::signalsComeBeforeTheVerbReturns()
{
    QSeamstressProcess process(&twoPoints);
    QSignalSpy phases(&process, &QSeamstressExecutor::phaseChanged);
    QSignalSpy paused(&process, &QSeamstressExecutor::paused);
    QSignalSpy finished(&process, &QSeamstressExecutor::finished);
    QVERIFY(process.enter());
    QCOMPARE(phases.count(), 2);
    QCOMPARE(paused.count(), 1);
    QVERIFY(process.exit());
    QCOMPARE(finished.count(), 1);
}

void TestQSeamstressProcess::comesFromTheEventLoop()
{
    QSeamstressProcess process(&twoPoints);
    QSignalSpy paused(&process, &QSeamstressExecutor::paused);
    QSignalSpy finished(&process, &QSeamstressExecutor::finished);
    process.start();
    QVERIFY(paused.wait());
    process.resume();
    QVERIFY(paused.wait());
    QCOMPARE(process.pausePoint(), "b");
    process.finish();
    QVERIFY(finished.wait());
    QCOMPARE(process.phase(), QSeamstressExecutor::Finished);
}

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

void TestQSeamstressProcess::sendsArguments()
{
    qRegisterMetaType<QList<int>>(); // so that it can be read in a QVariant that comes back
    QSeamstressProcess process([](const QString &text, QList<int> numbers, QMap<QString, QByteArray> map, Colour colour, Point point, QVariant variant, double real) -> QSeamstressScript {
        co_yield "before"; // text is a reference, and is still there
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

void TestQSeamstressProcess::sendsValuesBack()
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

void TestQSeamstressProcess::valueThatCannotBeSent()
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
    QVERIFY2(process.errorString().startsWith("\"sender\": the value at its pause point \"here\" has the type NotStreamable, which cannot be sent from another process; "), qPrintable(process.errorString()));
}

void TestQSeamstressProcess::valueThatCannotBeRead()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        const QVariant value = QVariant::fromValue(QList<short>{ 1 }); // which makes the type known over there, and not here
        co_yield QSeamstress::Pause("here", value);
    });
    process.setObjectName("sender");
    QVERIFY(process.enter());
    QVERIFY(!process.pauseValue().isValid());
    QVERIFY(!process.exit());
    QCOMPARE(process.error().code(), QSeamstressError::InvalidUse);
    QVERIFY2(process.errorString().contains("has the type QList<short>, which this test cannot read; call qRegisterMetaType<QList<short>>() in it"), qPrintable(process.errorString()));
}

void TestQSeamstressProcess::tooMuchToSend_data()
{
    QTest::addColumn<bool>("toTheProcess");
    QTest::newRow("argument") << true;
    QTest::newRow("value") << false;
}

void TestQSeamstressProcess::tooMuchToSend()
{
    QFETCH(const bool, toTheProcess);
    static constexpr int much = 64 * 1024 * 1024;
    QSeamstressProcess process([](QByteArray, int size) -> QSeamstressScript {
        const QByteArray value(size, 'x');
        co_yield QSeamstress::Pause("here", value);
    }, QByteArray(toTheProcess ? much : 0, 'x'), toTheProcess ? 0 : much);
    process.setObjectName("sender");
    if (toTheProcess) {
        const QRegularExpression text("\"sender\" cannot send 6710\\d{4} bytes to its process, which takes 67108864 at most; write the arguments of its script, or the properties of its config, to a file, and pass the path of that\\.$");
        QTest::ignoreMessage(QtWarningMsg, text);
        QVERIFY(!process.enter());
        QVERIFY2(text.match(process.errorString()).hasMatch(), qPrintable(process.errorString()));
        QCOMPARE(process.phase(), QSeamstressExecutor::Idle);
    } else {
        QVERIFY2(process.enter(), qPrintable(process.errorString()));
        QVERIFY(!process.pauseValue().isValid());
        QVERIFY(!process.exit());
        QVERIFY2(process.errorString().startsWith("\"sender\": the value at its pause point \"here\" has 6710"), qPrintable(process.errorString()));
        QVERIFY2(process.errorString().endsWith(" bytes, which are too many: 67108864 can be sent from another process; write it to a file, and give the path of that."), qPrintable(process.errorString()));
    }
    QCOMPARE(process.error().code(), QSeamstressError::InvalidUse);
}

void TestQSeamstressProcess::functionsAndLambdasOfOneName()
{
    // The types of these have the same name for typeid() in some programs. Each is found all the same.
    QSeamstressProcess first([] { QSeamstress::pause("first"); });
    QSeamstressProcess second([] { QSeamstress::pause("second"); });
    QVERIFY(first.enter());
    QVERIFY(second.enter());
    QCOMPARE(first.pausePoint(), "first");
    QCOMPARE(second.pausePoint(), "second");
}

class Config : public QSeamstressConfig
{
    Q_OBJECT
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(int number MEMBER number)

public:
    void setUp() override
    {
        if (QFile file(path); !file.open(QIODevice::WriteOnly) || file.write(QByteArray::number(number)) < 0)
            throw std::runtime_error("cannot write");
    }
    void tearDown() override { QFile::remove(path); }

    QString path;
    int number = 0;
};

void TestQSeamstressProcess::runsAConfig()
{
    const QTemporaryDir directory;
    Config config;
    config.path = directory.filePath("file");
    config.number = 42;
    QSeamstressProcess process(&config);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QFile file(config.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "42");
    QVERIFY(process.exit());
    QVERIFY(!QFile::exists(config.path));
}

class UnregisteredConfig : public Config
{
};

void TestQSeamstressProcess::refusesAConfig_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QSeamstressError::Code>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("not-registered") << "not-registered" << QSeamstressError::UnknownScript << "cannot run its config in another process: the process does not know it";
    QTest::newRow("plain-with-slots") << "plain-with-slots" << QSeamstressError::InvalidUse << "has a config whose slots do not exist in another process; derive a class from QSeamstressConfig";
}

void TestQSeamstressProcess::refusesAConfig()
{
    QFETCH(const QString, kind);
    QFETCH(const QSeamstressError::Code, code);
    QFETCH(const QString, text);
    UnregisteredConfig unregistered;
    QSeamstressConfig plain;
    connect(&plain, &QSeamstressConfig::settingUp, &plain, [] {});
    QSeamstressProcess process;
    process.setObjectName("other");
    process.setConfig(kind == "not-registered" ? &unregistered : &plain);
    if (code == QSeamstressError::InvalidUse)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressProcess::enter: .*" + text));
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), code);
    QVERIFY2(process.errorString().contains(text), qPrintable(process.errorString()));
}

void TestQSeamstressProcess::hasTheEnvironmentOfTheTest()
{
    qputenv("TST_VARIABLE", "of the test");
    QSeamstressProcess process([]() -> QSeamstressScript {
        const QVariant seen = QVariantList{ initialised, QCoreApplication::applicationName(), QCoreApplication::organizationName(), QStandardPaths::isTestModeEnabled(), qEnvironmentVariable("TST_VARIABLE"),
                                            qEnvironmentVariableIsSet("QSEAMSTRESS_CHILD"), QDir::currentPath(), std::getchar() == EOF };
        co_yield QSeamstress::Pause("seen", seen);
    });
    QVERIFY(process.enter());
    QCOMPARE(process.pauseValue().toList(), QVariantList({ 0, "tst", "the developers", true, "of the test", false, QDir::currentPath(), true }));
    QVERIFY(process.exit());

    const QTemporaryDir directory;
    process.setWorkingDirectory(directory.path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("TST_VARIABLE", "of its own");
    process.setProcessEnvironment(environment);
    QVERIFY(process.enter());
    QCOMPARE(process.pauseValue().toList().at(4).toString(), "of its own");
    QCOMPARE(process.pauseValue().toList().at(6).toString(), QFileInfo(directory.path()).canonicalFilePath());
}

void TestQSeamstressProcess::macroDeclaresAndEnters()
{
    QSEAMSTRESS_PROCESS(other, [](int number) -> QSeamstressScript { co_yield QSeamstress::Pause("here", number + 1); }, 1);
    QCOMPARE(other.objectName(), "other");
    QCOMPARE(other.pauseValue().toInt(), 2);
}

// Without the event loop, which a process needs for nothing. False if it has taken far too long.
template <class Condition>
static bool comesTrue(Condition condition)
{
    const QDeadlineTimer deadline(60'000);
    while (!condition() && !deadline.hasExpired())
        QThread::yieldCurrentThread();
    return condition();
}

void TestQSeamstressProcess::activityOfAHaltThatIsOver()
{
    // What it said of its halt arrives, or does not, when it has been told to end: so again and again.
    for (int i = 0; i < 20; ++i) {
        CountBetweenProcesses halts;
        DoorBetweenProcesses door;
        QSeamstressProcess process([](CountBetweenProcesses halts, DoorBetweenProcesses door) -> QSeamstressScript {
            halts.up();
            co_yield "a";
            co_await door.pass();
        }, halts, door);
        process.start();
        QVERIFY(comesTrue([&] { return halts.value() == 1; }));
        process.finish();
        QVERIFY(comesTrue([&] { return door.arrived() == 1; }));
        QVERIFY(process.activity() != QSeamstressExecutor::Halted);
        door.open();
        QVERIFY(process.exit());
    }
}

void TestQSeamstressProcess::configDeletedWhileInUse()
{
    const QTemporaryDir directory;
    auto config = std::make_unique<Config>();
    config->path = directory.filePath("file");
    QSeamstressProcess process(config.get());
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QVERIFY(QFile::exists(directory.filePath("file")));
    config.reset(); // the process has one of its own
    QCOMPARE(process.config(), nullptr);
    QVERIFY2(process.exit(), qPrintable(process.errorString()));
    QVERIFY(!QFile::exists(directory.filePath("file")));
}

void TestQSeamstressProcess::usedAgain()
{
    QSeamstressProcess process(&twoPoints);
    qint64 before = 0;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(process.enter());
        QVERIFY(process.processId() != before);
        before = process.processId();
        QVERIFY(process.exit());
    }
}

void TestQSeamstressProcess::properties()
{
    QSeamstressProcess process;
    QCOMPARE(process.sharedMemorySize(), 65536);
    QCOMPARE(process.program(), QCoreApplication::applicationFilePath());
    QCOMPARE(process.arguments(), QStringList());
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressProcess::setSharedMemorySize: 0 is no size; give bytes from 1 to 1073741824.");
    process.setSharedMemorySize(0);
    QCOMPARE(process.sharedMemorySize(), 65536);
    process.setSharedMemorySize(100);
    QCOMPARE(process.property("sharedMemorySize").toInt(), 100);
}

QTEST_GUILESS_MAIN(TestQSeamstressProcess)
#include "tst_qseamstressprocess.moc"
