// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Processes that crash, hang, or print endlessly.

#include <QSeamstressTest>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

#include "../shared/recordedfailures.h"
#include "../shared/shortpatience.h"

using Phase = QSeamstressExecutor::Phase;

class TestProcessFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedInPhase_data();
    void killedInPhase();
    void crashes_data();
    void crashes();
    void crashesWhenItsScriptHasEnded();
    void foreignSignalHandlers_data();
    void foreignSignalHandlers();
    void stoppedAndContinued();
    void printsMegabytes_data();
    void printsMegabytes();
    void exceptionTooLarge();
    void neverEnds();
    void twentyAtOnce();
};

static void sleepFor(int milliseconds)
{
    ::usleep(static_cast<useconds_t>(milliseconds) * 1000);
}

// Creates a file when it has reached the phase in which it stays.
static QSeamstressScript staysInPhase(QString directory, QString phase)
{
    const auto stay = [&](const QString &here) {
        if (here != phase)
            return;
        QFile file(directory + "/here");
        if (!file.open(QIODevice::WriteOnly))
            throw std::runtime_error("cannot write");
        file.close();
        for (;;)
            sleepFor(1000);
    };
    stay("SettingUp");
    co_yield "a";
    stay("Running");
    co_yield "b";
    stay("TearingDown");
}

void TestProcessFaults::killedInPhase_data()
{
    QTest::addColumn<Phase>("phase");
    QTest::addColumn<QString>("where");
    QTest::newRow("killed-while-setting-up") << Phase::SettingUp << "before its first pause point.";
    QTest::newRow("killed-while-paused") << Phase::Paused << "after its pause point \"a\".";
    QTest::newRow("killed-while-running") << Phase::Running << "after its pause point \"a\".";
    QTest::newRow("killed-while-tearing-down") << Phase::TearingDown << "after its pause point \"b\".";
}

void TestProcessFaults::killedInPhase()
{
    QFETCH(const Phase, phase);
    QFETCH(const QString, where);
    const QTemporaryDir directory;
    QSeamstressProcess process(&staysInPhase, directory.path(), QString::fromLatin1(QMetaEnum::fromType<Phase>().valueToKey(phase)));
    process.setObjectName("victim");
    if (phase == Phase::SettingUp)
        process.start();
    else
        QVERIFY2(process.enter(), qPrintable(process.errorString()));
    if (phase == Phase::Running)
        process.resume();
    if (phase == Phase::TearingDown)
        process.finish();
    QCOMPARE(process.phase(), phase);
    if (phase != Phase::Paused)
        QTRY_VERIFY(QFile::exists(directory.filePath("here")));
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGKILL), 0);

    QVERIFY(!process.exit());
    QCOMPARE(process.phase(), Phase::Failed);
    QCOMPARE(process.error().code(), QSeamstressError::Crashed);
    QCOMPARE(process.errorString(), "\"victim\" was terminated by SIGKILL " + where);
    process.setScript([]() -> QSeamstressScript { co_yield "alive"; }); // the executor can be used again
    QVERIFY(process.enter());
}

void TestProcessFaults::crashes_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("text");
    QTest::newRow("segmentation-fault") << "segv" << "^\"victim\" was terminated by SIGSEGV after its pause point \"last\"\\.";
    QTest::newRow("abort") << "abort" << "^\"victim\" was terminated by SIGABRT after its pause point \"last\"\\.";
    QTest::newRow("fatal-message") << "fatal" << "^\"victim\" was terminated by SIGABRT after its pause point \"last\"\\. Its qFatal\\(\\) message: the disk is on fire";
    QTest::newRow("exit-code") << "exit" << "^\"victim\" exited with code 7 after its pause point \"last\"\\.";
    QTest::newRow("last-lines") << "lines" << "^\"victim\" exited with code 1 after its pause point \"last\"\\. Its last output:\nline 6\nline 7\nline 8\nline 9\nline 10$";
}

static QSeamstressScript crash(QString how)
{
    co_yield "first";
    QSeamstress::pause("last");
    if (how == "segv") {
        ::signal(SIGSEGV, SIG_DFL); // a sanitizer's handler would turn it into an exit code
        std::raise(SIGSEGV);
    } else if (how == "abort") {
        std::abort();
    } else if (how == "fatal") {
        qFatal("the disk is on fire");
    } else if (how == "lines") {
        for (int i = 1; i <= 10; ++i)
            std::printf("line %d\n", i);
        std::fflush(stdout);
        std::_Exit(1);
    }
    std::_Exit(7);
}

void TestProcessFaults::crashes()
{
    QFETCH(const QString, how);
    QFETCH(const QString, text);
    QSeamstressProcess process(&crash, how);
    process.setObjectName("victim");
    QVERIFY(process.enter());
    QVERIFY(!process.runTo("never"));
    QCOMPARE(process.error().code(), QSeamstressError::Crashed);
    QVERIFY2(QRegularExpression(text).match(process.errorString()).hasMatch(), qPrintable(process.errorString()));
    QCOMPARE(process.errors().size(), 1);
}

// Created before main(), and therefore destroyed after everything in main().
struct LastDestructor
{
    bool crashes = false;
    ~LastDestructor()
    {
        if (crashes)
            qFatal("the last destructor");
    }
};
static LastDestructor lastDestructor;

void TestProcessFaults::crashesWhenItsScriptHasEnded()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        lastDestructor.crashes = true;
        co_yield "a";
    });
    process.setObjectName("victim");
    QVERIFY(process.enter());
    QVERIFY(!process.exit());
    QCOMPARE(process.error().code(), QSeamstressError::Crashed);
    const QString text = "\"victim\" was terminated by SIGABRT after its script had ended. Its qFatal() message: the last destructor Its last output:\nthe last destructor";
    QCOMPARE(process.errorString(), text);
}

// A handler of the program, set before main() as crash reporters do.
static void handleOnItsStack(int, siginfo_t *info, void *context)
{
    std::_Exit(info && context ? 42 : 43);
}

static void handle(int)
{
    std::_Exit(44);
}

[[gnu::constructor]] static void setHandlers()
{
    struct sigaction action = {};
    action.sa_sigaction = &handleOnItsStack;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    ::sigaddset(&action.sa_mask, SIGUSR2);
    ::sigaction(SIGILL, &action, nullptr);
    ::signal(SIGFPE, &handle);
}

void TestProcessFaults::foreignSignalHandlers_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("with-information") << SIGILL << 42;
    QTest::newRow("without-information") << SIGFPE << 44;
}

void TestProcessFaults::foreignSignalHandlers()
{
    QFETCH(const int, number);
    QFETCH(const int, exitCode);
    struct sigaction here = {};
    setHandlers(); // in the test, QTest has replaced them
    QCOMPARE(::sigaction(number, nullptr, &here), 0);
    QSeamstressProcess process([](int number) -> QSeamstressScript {
        struct sigaction action = {};
        ::sigaction(number, nullptr, &action);
        const QVariant flagsAndMask = QVariantList{ action.sa_flags, ::sigismember(&action.sa_mask, SIGUSR2) };
        co_yield QSeamstress::Pause("seen", flagsAndMask);
        ::raise(number);
    }, number);
    process.setObjectName("victim");
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    const QVariantList expected{ here.sa_flags, ::sigismember(&here.sa_mask, SIGUSR2) };
    QCOMPARE(process.pauseValue().toList(), expected);
    QVERIFY(!process.exit());
    QCOMPARE(process.errorString(), QString("\"victim\" exited with code %1 after its pause point \"seen\".").arg(exitCode));
}

void TestProcessFaults::stoppedAndContinued()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        co_yield "a";
        co_yield "b";
    });
    QVERIFY(process.enter());
    const auto pid = static_cast<pid_t>(process.processId());
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    QVERIFY(!process.advance(QDeadlineTimer(50)));
    QCOMPARE(process.error().code(), QSeamstressError::PauseTimedOut);
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QVERIFY(process.waitForPaused());
    QCOMPARE(process.pausePoint(), "b");
}

void TestProcessFaults::printsMegabytes_data()
{
    QTest::addColumn<int>("descriptor");
    QTest::newRow("standard-output") << STDOUT_FILENO;
    QTest::newRow("standard-error") << STDERR_FILENO;
}

void TestProcessFaults::printsMegabytes()
{
    QFETCH(const int, descriptor);
    QSeamstressProcess process([](int descriptor) -> QSeamstressScript {
        const QByteArray line = QByteArray(1023, 'x') + '\n';
        const auto print = [&] {
            for (int i = 0; i < 3000; ++i)
                static_cast<void>(::write(descriptor, line.constData(), size_t(line.size())));
        };
        print();
        co_yield "printed";
        print(); // while the test does not wait, and therefore does not read
    }, descriptor);
    // Hides the output of the process, which goes to the standard error of the test.
    const int before = ::dup(STDERR_FILENO);
    const int nothing = ::open("/dev/null", O_WRONLY);
    ::dup2(nothing, STDERR_FILENO);
    const bool entered = process.enter();
    process.finish();
    const bool exited = process.waitForFinished();
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    ::close(nothing);
    QVERIFY2(entered && exited, qPrintable(process.errorString()));
}

void TestProcessFaults::exceptionTooLarge()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        co_yield "a";
        throw std::out_of_range(std::string(5000, 'x'));
    });
    process.setObjectName("thrower");
    process.setSharedMemorySize(100);
    QVERIFY(process.enter());
    QVERIFY(!process.exit());
    QCOMPARE(process.error().code(), QSeamstressError::ExceptionTooLargeToPropagate);
    QCOMPARE(process.phase(), Phase::Failed);
    const auto match = QRegularExpression("call setSharedMemorySize\\((\\d+)\\)").match(process.errorString());
    QVERIFY2(match.hasMatch(), qPrintable(process.errorString()));
    const int needed = match.captured(1).toInt();

    process.setSharedMemorySize(needed - 1);
    QVERIFY(process.enter());
    QVERIFY(!process.exit());
    QCOMPARE(process.error().code(), QSeamstressError::ExceptionTooLargeToPropagate);

    process.setSharedMemorySize(needed);
    QVERIFY(process.enter());
    QVERIFY(!process.exit());
    QCOMPARE(process.error().code(), QSeamstressError::Exception);
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, process.error().raise());
}

void TestProcessFaults::neverEnds()
{
    RecordedFailures failures;
    qint64 pid = 0;
    {
        const ShortPatience shortPatience;
        QSeamstressProcess process([] {
            QSeamstress::pause("a");
            for (;;)
                sleepFor(1000);
        });
        process.setObjectName("endless");
        QVERIFY(process.enter(QDeadlineTimer(QDeadlineTimer::Forever)));
        pid = process.processId();
        QVERIFY(!process.exit());
        QCOMPARE(process.error().code(), QSeamstressError::ProcessStillAlive);
        QCOMPARE(process.phase(), Phase::TearingDown);
        QVERIFY(!process.exit(QDeadlineTimer(1)));
        QCOMPARE(::kill(static_cast<pid_t>(pid), 0), 0);
    }
    QCOMPARE(::kill(static_cast<pid_t>(pid), 0), -1); // killed and reaped
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().contains("Its process was killed, so its tear-down did not run."), qPrintable(messages.first()));
}

void TestProcessFaults::twentyAtOnce()
{
    std::vector<std::unique_ptr<QSeamstressProcess>> processes;
    for (int i = 0; i < 20; ++i)
        processes.push_back(std::make_unique<QSeamstressProcess>([](int number) -> QSeamstressScript { co_yield QSeamstress::Pause("a", number); }, i));
    for (const auto &process : processes)
        process->start();
    for (int i = 0; i < 20; ++i) {
        QVERIFY2(processes[std::size_t(i)]->waitForPaused(QDeadlineTimer(QDeadlineTimer::Forever)), qPrintable(processes[std::size_t(i)]->errorString()));
        QCOMPARE(processes[std::size_t(i)]->pauseValue().toInt(), i);
    }
}

QTEST_GUILESS_MAIN(TestProcessFaults)
#include "tst_processfaults.moc"
