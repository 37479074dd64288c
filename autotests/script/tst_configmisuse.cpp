// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Every misuse of a config: what is reported, and that nothing worse happens. tst_executordeletedconfig tests deleted configs.

#include <QSeamstressConfig>
#include <QSeamstressTask>
#include <QSeamstressThread>

#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <memory>
#include <semaphore>

#include "../shared/recordedfailures.h"
#include "../shared/shortpatience.h"

class CountingConfig : public QSeamstressConfig
{
public:
    using QSeamstressConfig::QSeamstressConfig;
    void setUp() override { ++setUps; }
    void tearDown() override { ++tearDowns; }

    int setUps = 0;
    int tearDowns = 0;
};

class TestConfigMisuse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nullConfig();
    void deletedWhileHaltedInItsOwnFunction();
    void cancelledAndReady_data();
    void cancelledAndReady();
    void nothingConnected();
    void onlyTearDownConnected();
    void parentedWithSignals_data();
    void parentedWithSignals();
    void parentedWithoutSignals();
    void usedByTwoExecutors();
    void livesInAThirdThread();
    void replacedWhileRunning();
};

// Expects the executor to refuse to start, for this reason.
static void refusesToEnter(QSeamstressThread &thread, const char *reason)
{
    thread.setObjectName("hogger");
    const QSignalSpy phases(&thread, &QSeamstressExecutor::phaseChanged);
    const QByteArray warning = QByteArray("QSeamstressThread::enter: \"hogger\" ") + reason + '.';
    QTest::ignoreMessage(QtWarningMsg, warning.constData());
    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(thread.errorString(), QLatin1String("\"hogger\" ") + QLatin1String(reason) + QLatin1Char('.'));
    QCOMPARE(thread.phase(), QSeamstressExecutor::Idle);
    QCOMPARE(phases.count(), 0);
    QVERIFY(thread.errors().isEmpty());
}

void TestConfigMisuse::nullConfig()
{
    QSeamstressThread thread(static_cast<QSeamstressConfig *>(nullptr));
    refusesToEnter(thread, "was given a null pointer as its config; pass a QSeamstressConfig that outlives the script");
}

class PausingConfig : public QSeamstressConfig
{
public:
    explicit PausingConfig(std::atomic<bool> *wentOn)
        : m_wentOn(wentOn)
    {
    }
    void setUp() override
    {
        QSeamstress::pause("in set-up");
        *m_wentOn = true;
    }

private:
    std::atomic<bool> *const m_wentOn;
};

// The rest of the function would run on a deleted object, and a plain function cannot be unwound.
void TestConfigMisuse::deletedWhileHaltedInItsOwnFunction()
{
    RecordedFailures recorded;
    static std::atomic<bool> wentOn = false;
    {
        const ShortPatience patience;
        auto config = std::make_unique<PausingConfig>(&wentOn);
        QSeamstressThread thread(config.get());
        thread.setObjectName("hogger");
        QVERIFY(thread.enter(QDeadlineTimer::Forever));
        QCOMPARE(thread.pausePoint(), "in set-up");

        QTest::ignoreMessage(QtWarningMsg,
                             "QSeamstressConfig: deleted while \"hogger\" is using it, so its tear-down cannot run; delete the config after exit(), or pass it "
                             "to the executor as a std::shared_ptr.");
        config.reset();
        QVERIFY(!thread.exit(QDeadlineTimer(1)));
        QCOMPARE(thread.error().code(), QSeamstressError::ThreadStillAlive);
        QVERIFY2(thread.errorString().contains("Now it is paused forever, since its config was deleted"), qPrintable(thread.errorString()));
        QVERIFY(!thread.exit()); // again: the script still does not end
        QCOMPARE(thread.error().code(), QSeamstressError::ThreadStillAlive);
    }
    QVERIFY(!wentOn);
    const QStringList failures = recorded.take();
    QCOMPARE(failures.size(), 1);
    QVERIFY2(failures.first().contains("delete the config after exit(), or pass it as a std::shared_ptr"), qPrintable(failures.first()));
}

// Awaits a future, and sets *wentOn if it is resumed.
class AwaitingConfig : public QSeamstressConfig
{
public:
    AwaitingConfig(const QFuture<int> &future, std::atomic<QObject *> *receiver, std::atomic<bool> *wentOn)
        : m_future(future)
        , m_receiver(receiver)
        , m_wentOn(wentOn)
    {
        if (!m_future.isValid()) { // then the config owns the promise
            m_promise.start();
            m_future = m_promise.future();
        }
    }
    QSeamstressScript script() override
    {
        QObject receiver;
        *m_receiver = &receiver;
        std::atomic<bool> *const wentOn = m_wentOn;
        co_yield "begun";
        try {
            co_await m_future;
            *wentOn = true;
        } catch (const std::exception &) {
            *wentOn = true;
        }
    }

private:
    QPromise<int> m_promise;
    QFuture<int> m_future;
    std::atomic<QObject *> *const m_receiver;
    std::atomic<bool> *const m_wentOn;
};

void TestConfigMisuse::cancelledAndReady_data()
{
    QTest::addColumn<bool>("isTask");
    QTest::addColumn<bool>("ownsThePromise");
    QTest::newRow("thread") << false << false;
    QTest::newRow("task") << true << false;
    QTest::newRow("task-whose-config-owns-the-promise") << true << true;
}

// The future becomes ready and the config is deleted before the script can continue.
void TestConfigMisuse::cancelledAndReady()
{
    QFETCH(const bool, isTask);
    QFETCH(const bool, ownsThePromise);

    QPromise<int> promise;
    promise.start();
    promise.addResult(7);
    std::atomic<QObject *> receiver = nullptr;
    std::atomic<bool> wentOn = false;
    auto config = std::make_unique<AwaitingConfig>(ownsThePromise ? QFuture<int>() : promise.future(), &receiver, &wentOn);
    std::binary_semaphore isInFirst{ 0 };
    std::binary_semaphore leaveFirst{ 0 };
    std::binary_semaphore isInSecond{ 0 };
    std::binary_semaphore leaveSecond{ 0 };
    std::unique_ptr<QSeamstressExecutor> executor;
    if (isTask)
        executor = std::make_unique<QSeamstressTask>(config.get());
    else
        executor = std::make_unique<QSeamstressThread>(config.get());
    executor->setObjectName("hogger");
    QVERIFY2(executor->enter(), qPrintable(executor->errorString()));
    executor->resume();
    if (isTask) {
        QCoreApplication::processEvents(); // up to its co_await
        if (!ownsThePromise)
            promise.finish();
    } else {
        // The event that announces the future comes between these two slots, and the one that ends the event loop after them.
        QMetaObject::invokeMethod(receiver, [&] { isInFirst.release(); leaveFirst.acquire(); }, Qt::QueuedConnection);
        isInFirst.acquire();
        promise.finish();
        QMetaObject::invokeMethod(receiver, [&] { isInSecond.release(); leaveSecond.acquire(); }, Qt::QueuedConnection);
        leaveFirst.release();
        isInSecond.acquire();
    }
    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressConfig: deleted while \"hogger\" is using it, so its tear-down cannot run; delete the config after exit(), or pass it "
                         "to the executor as a std::shared_ptr.");
    config.reset();
    leaveSecond.release();
    QVERIFY(!executor->exit());
    QCOMPARE(executor->error().code(), QSeamstressError::InvalidUse);
    QVERIFY2(executor->errorString().startsWith("\"hogger\": its config was deleted while in use, so its tear-down did not run; "), qPrintable(executor->errorString()));
    QVERIFY(!wentOn);
}

static constexpr char doesNothing[] = "has a config that does nothing; connect a slot to settingUp() with the config as the context object, or override setUp()";

void TestConfigMisuse::nothingConnected()
{
    QSeamstressConfig config;
    QSeamstressThread thread(&config);
    refusesToEnter(thread, doesNothing);
}

void TestConfigMisuse::onlyTearDownConnected()
{
    QSeamstressConfig config;
    connect(&config, &QSeamstressConfig::tearingDown, &config, [] { });
    QSeamstressThread thread(&config);
    refusesToEnter(thread, doesNothing);
}

// Overrides setUp(), so that only its tear-down uses a signal.
class SettingUpConfig : public QSeamstressConfig
{
public:
    using QSeamstressConfig::QSeamstressConfig;
    void setUp() override { }
};

void TestConfigMisuse::parentedWithSignals_data()
{
    QTest::addColumn<bool>("inTearDown");
    QTest::addColumn<QString>("message");

    QTest::newRow("in-set-up") << false
                               << "\"hogger\": its config lives in another thread, where the slots connected to settingUp() would run too late; "
                                  "create the config without a parent, or override setUp().";
    QTest::newRow("in-tear-down") << true
                                  << "\"hogger\": its config lives in another thread, where the slots connected to tearingDown() would run too "
                                     "late; create the config without a parent, or override tearDown().";
}

void TestConfigMisuse::parentedWithSignals()
{
    QFETCH(const bool, inTearDown);
    QFETCH(const QString, message);

    QObject parent;
    QSeamstressConfig *const config = inTearDown ? new SettingUpConfig(&parent) : new QSeamstressConfig(&parent);
    int calls = 0;
    connect(config, inTearDown ? &QSeamstressConfig::tearingDown : &QSeamstressConfig::settingUp, config, [&calls] { ++calls; });
    QSeamstressThread thread(config);
    thread.setObjectName("hogger");
    QCOMPARE(thread.enter(), inTearDown);
    QVERIFY(!thread.exit());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(thread.errorString(), message);
    QCOMPARE(thread.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(thread.errors().size(), 1);
    QCoreApplication::processEvents();
    QCOMPARE(calls, 0); // not later either
    QCOMPARE(config->thread(), QThread::currentThread());
}

void TestConfigMisuse::parentedWithoutSignals()
{
    // The config has a parent, but overrides setUp() and has no slot connected to tearingDown(), so nothing is wrong.
    QObject parent;
    SettingUpConfig config(&parent);
    QSeamstressThread thread(&config);
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
}

void TestConfigMisuse::usedByTwoExecutors()
{
    CountingConfig config;
    QSeamstressThread first(&config);
    first.setObjectName("first");
    QSeamstressThread second(&config);
    QVERIFY(first.enter());
    refusesToEnter(second, "cannot use its config, which is in use by \"first\"; give each executor its own config, or exit() the other executor first");
    QCOMPARE(config.setUps, 1);

    // The first executor is not affected.
    QCOMPARE(config.thread(), first.workerThread());
    QVERIFY(first.exit());
    QCOMPARE(config.tearDowns, 1);
    QVERIFY(second.enter());
    QVERIFY(second.exit());
    QCOMPARE(config.tearDowns, 2);
}

void TestConfigMisuse::livesInAThirdThread()
{
    QThread third;
    CountingConfig config;
    config.moveToThread(&third);
    QSeamstressThread thread(&config);
    refusesToEnter(thread,
                   "cannot use its config, which lives in another thread; create it in the thread that owns the executor, or move it there with moveToThread()");
    QCOMPARE(config.setUps, 0);
    QCOMPARE(config.thread(), &third);
}

void TestConfigMisuse::replacedWhileRunning()
{
    CountingConfig first;
    CountingConfig second;
    QSeamstressThread thread(&first);
    thread.setObjectName("hogger");
    const QSignalSpy changes(&thread, &QSeamstressExecutor::configChanged);
    QVERIFY(thread.enter());

    QTest::ignoreMessage(QtWarningMsg, "QSeamstressThread::setConfig: \"hogger\" is running, so its script cannot be changed; call exit() first.");
    thread.setConfig(&second);
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);

    QTest::ignoreMessage(QtWarningMsg, "QSeamstressThread::setConfig: \"hogger\" is running, so its script cannot be changed; call exit() first.");
    thread.setConfig(std::make_shared<CountingConfig>());

    QTest::ignoreMessage(QtWarningMsg, "QSeamstressThread::setScript: \"hogger\" is running, so its script cannot be changed; call exit() first.");
    thread.setScript([] { });
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);

    QCOMPARE(thread.config(), &first);
    QCOMPARE(thread.phase(), QSeamstressExecutor::Paused);
    QCOMPARE(changes.count(), 0);
    QVERIFY(thread.exit());
    QCOMPARE(first.tearDowns, 1);
    QCOMPARE(second.setUps, 0);
}

QTEST_GUILESS_MAIN(TestConfigMisuse)
#include "tst_configmisuse.moc"
