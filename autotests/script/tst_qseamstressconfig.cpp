// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Set-up and tear-down as an object: what is called, and in which thread.

#include <QSeamstressConfig>
#include <QSeamstressThread>

#include <QMutex>
#include <QTest>
#include <QThread>

#include <stdexcept>
#include <type_traits>

static_assert(std::is_base_of_v<QObject, QSeamstressConfig>);
static_assert(!std::is_copy_constructible_v<QSeamstressConfig>);
static_assert(!std::is_convertible_v<QObject *, QSeamstressConfig>);
static_assert(std::has_virtual_destructor_v<QSeamstressConfig>);

// The typical case: another thread holds the lock of the code under test.
static QMutex payIndividualLock;

class PayIndividualLockHogger : public QSeamstressConfig
{
public:
    void setUp() override { payIndividualLock.lock(); }
    void tearDown() override { payIndividualLock.unlock(); }
};

static bool payIndividual()
{
    if (!payIndividualLock.tryLock())
        return false;
    payIndividualLock.unlock();
    return true;
}

class TestQSeamstressConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void refusesToPayWhileHogged();
    void paysAfterItWasHogged();
    void overriddenFunctions();
    void signalsWithTheConfigAsContext();
    void signalsOfAConfigThatOverrides();
    void movesThereAndBack();
    void staysWithItsParent();
    void scriptAsCoroutine();
    void tearDownAfterAFailedSetUp();
    void tearDownThatThrows();
    void runsAgain();
    void runsInAnotherExecutorAfterwards();
};

void TestQSeamstressConfig::cleanup()
{
    QVERIFY(payIndividual());
}

void TestQSeamstressConfig::refusesToPayWhileHogged()
{
    PayIndividualLockHogger config;
    QSeamstressThread hogger(&config);
    QVERIFY(hogger.enter());
    QVERIFY(!payIndividual());
    QVERIFY(hogger.exit());
    QVERIFY(payIndividual());
}

void TestQSeamstressConfig::paysAfterItWasHogged()
{
    PayIndividualLockHogger config;
    QSeamstressThread hogger(&config);
    QVERIFY(hogger.during([] { QVERIFY(!payIndividual()); }));
    QVERIFY(payIndividual());
}

// Records the threads in which it was set up and torn down.
class NotingConfig : public QSeamstressConfig
{
public:
    using QSeamstressConfig::QSeamstressConfig;
    void setUp() override { setUpIn.append(QThread::currentThread()); }
    void tearDown() override { tornDownIn.append(QThread::currentThread()); }

    QList<QThread *> setUpIn;
    QList<QThread *> tornDownIn;
};

void TestQSeamstressConfig::overriddenFunctions()
{
    NotingConfig config;
    QSeamstressThread thread(&config);
    QVERIFY(config.setUpIn.isEmpty());
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), QString());
    QThread *const worker = thread.workerThread();
    QVERIFY(worker && worker != QThread::currentThread());
    QCOMPARE(config.setUpIn, { worker });
    QVERIFY(config.tornDownIn.isEmpty());
    QVERIFY(thread.exit());
    QCOMPARE(config.setUpIn, { worker });
    QCOMPARE(config.tornDownIn, { worker });
}

void TestQSeamstressConfig::signalsWithTheConfigAsContext()
{
    QSeamstressConfig config;
    QStringList calls;
    QList<QThread *> threads;
    connect(&config, &QSeamstressConfig::settingUp, &config, [&] {
        calls.append("set up");
        threads.append(QThread::currentThread());
    });
    connect(&config, &QSeamstressConfig::tearingDown, &config, [&] {
        calls.append("torn down");
        threads.append(QThread::currentThread());
    });
    QSeamstressThread thread(&config);
    for (int run = 0; run < 2; ++run) {
        calls.clear();
        threads.clear();
        QVERIFY(thread.enter());
        QThread *const worker = thread.workerThread();
        QCOMPARE(calls, QStringList({ "set up" }));
        QVERIFY(thread.exit());
        QCOMPARE(calls, QStringList({ "set up", "torn down" }));
        QCOMPARE(threads, QList<QThread *>(2, worker));
        QVERIFY(worker != QThread::currentThread());
    }
}

// Overrides only one of the two functions: the signal of the other is still emitted.
class HalfOverridingConfig : public QSeamstressConfig
{
public:
    void setUp() override { ++setUps; }

    int setUps = 0;
};

void TestQSeamstressConfig::signalsOfAConfigThatOverrides()
{
    HalfOverridingConfig config;
    int signalsOfSetUp = 0;
    int tearDowns = 0;
    connect(&config, &QSeamstressConfig::settingUp, &config, [&signalsOfSetUp] { ++signalsOfSetUp; });
    connect(&config, &QSeamstressConfig::tearingDown, &config, [&tearDowns] { ++tearDowns; });
    QSeamstressThread thread(&config);
    QVERIFY(thread.enter());
    QCOMPARE(config.setUps, 1);
    QCOMPARE(tearDowns, 0);
    QVERIFY(thread.exit());
    QCOMPARE(tearDowns, 1);
    QCOMPARE(signalsOfSetUp, 0); // an override of setUp() need not emit it
}

void TestQSeamstressConfig::movesThereAndBack()
{
    NotingConfig config;
    QSeamstressThread thread(&config);
    for (int run = 0; run < 2; ++run) {
        QCOMPARE(config.thread(), QThread::currentThread());
        QVERIFY(thread.enter());
        QVERIFY(thread.workerThread());
        QCOMPARE(config.thread(), thread.workerThread());
        QVERIFY(thread.exit());
        QCOMPARE(config.thread(), QThread::currentThread());
    }
}

void TestQSeamstressConfig::staysWithItsParent()
{
    QObject parent;
    auto *config = new NotingConfig(&parent);
    QSeamstressThread thread(config);
    QVERIFY(thread.enter());
    QCOMPARE(config->thread(), QThread::currentThread());
    QCOMPARE(config->setUpIn, { thread.workerThread() });
    QVERIFY(thread.exit());
    QCOMPARE(config->tornDownIn, config->setUpIn);
    QCOMPARE(config->thread(), QThread::currentThread());
    QCOMPARE(config->parent(), &parent);
}

class CoroutineConfig : public QSeamstressConfig
{
public:
    QSeamstressScript script() override
    {
        setUp();
        co_yield "set up";
        ++steps;
        co_yield QSeamstress::Pause("worked", steps);
        tearDown();
    }
    void setUp() override { log.append("set up"); }
    void tearDown() override { log.append("torn down"); }

    QStringList log;
    int steps = 0;
};

void TestQSeamstressConfig::scriptAsCoroutine()
{
    CoroutineConfig config;
    QSeamstressThread thread(&config);
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "set up");
    QCOMPARE(config.log, QStringList({ "set up" }));
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "worked");
    QCOMPARE(thread.pauseValue().toInt(), 1);
    QVERIFY(thread.exit());
    QCOMPARE(config.log, QStringList({ "set up", "torn down" }));
}

// Throws in tearDown(), and in setUp() if setUpThrows is set.
class ThrowingConfig : public NotingConfig
{
public:
    void setUp() override
    {
        NotingConfig::setUp();
        if (setUpThrows)
            throw std::runtime_error("no set-up");
    }
    void tearDown() override
    {
        NotingConfig::tearDown();
        throw std::logic_error("no tear-down");
    }

    bool setUpThrows = false;
};

void TestQSeamstressConfig::tearDownAfterAFailedSetUp()
{
    ThrowingConfig config;
    config.setUpThrows = true;
    QSeamstressThread thread(&config);
    QVERIFY(!thread.enter());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(thread.error().exceptionType(), "std::runtime_error");
    QVERIFY(!thread.exit());
    QCOMPARE(config.setUpIn.size(), 1);
    QVERIFY(config.tornDownIn.isEmpty());
    QCOMPARE(config.thread(), QThread::currentThread());
}

void TestQSeamstressConfig::tearDownThatThrows()
{
    ThrowingConfig config;
    QSeamstressThread thread(&config);
    QVERIFY(thread.enter());
    QVERIFY(!thread.exit());
    QCOMPARE(thread.error().exceptionType(), "std::logic_error");
    QCOMPARE(config.tornDownIn.size(), 1);
    QCOMPARE(config.thread(), QThread::currentThread());
}

void TestQSeamstressConfig::runsAgain()
{
    NotingConfig config;
    QSeamstressThread thread(&config);
    for (int run = 1; run <= 3; ++run) {
        QVERIFY(thread.enter());
        QCOMPARE(config.setUpIn.size(), run);
        QCOMPARE(config.tornDownIn.size(), run - 1);
        QVERIFY(thread.exit());
        QCOMPARE(config.tornDownIn.size(), run);
    }
}

void TestQSeamstressConfig::runsInAnotherExecutorAfterwards()
{
    NotingConfig config;
    QSeamstressThread first(&config);
    QSeamstressThread second(&config);
    for (QSeamstressThread *thread : { &first, &second, &first }) {
        QVERIFY(thread->enter());
        QCOMPARE(config.thread(), thread->workerThread());
        QVERIFY(thread->exit());
    }
    QCOMPARE(config.setUpIn.size(), 3);
    QCOMPARE(config.tornDownIn.size(), 3);
}

QTEST_GUILESS_MAIN(TestQSeamstressConfig)
#include "tst_qseamstressconfig.moc"
