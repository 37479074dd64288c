// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Breakpoints in processes that end, and in the processes of scripts.

#include <QSeamstressBreakpoint>
#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QProcess>
#include <QTest>

#include <stdexcept>
#include <thread>

#ifdef Q_OS_UNIX
#    include <signal.h>
#    include <sys/wait.h>
#    include <unistd.h>
#endif

class TestBreakpointsAndProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threadEndsWhileHalted_data();
    void threadEndsWhileHalted();
    void inAChildProcess_data();
    void inAChildProcess();
    void forkedByTheCodeUnderTest();
    void madeInAChildProcess();
};

void TestBreakpointsAndProcesses::threadEndsWhileHalted_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : { "breakpoint-that-nobody-destroys", "static-breakpoint", "worker-is-destroyed-first", "exit", "exit-in-an-action" })
        QTest::newRow(way) << way;
}

// The thread ends with its process.
void TestBreakpointsAndProcesses::threadEndsWhileHalted()
{
    QFETCH(const QString, way);
    QProcess program;
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(BREAKPOINTATEXIT_PATH, { way });
    const bool hasEnded = program.waitForFinished(120'000);
    if (!hasEnded)
        program.kill();
    program.waitForFinished();
    const QByteArray output = program.readAll();
    QVERIFY2(hasEnded, output);
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QVERIFY2(program.exitCode() == 7, output);
    QVERIFY2(output.contains("continued"), output);
}

static void passInTheScript()
{
    QSeamstress::pause("begun");
    QSEAMSTRESS_PAUSE_POINT("there");
}

static void passInAThread()
{
    QSeamstress::pause("begun");
    std::thread([] { QSEAMSTRESS_PAUSE_POINT("there"); }).join();
}

using Script = void (*)();
Q_DECLARE_METATYPE(Script)

void TestBreakpointsAndProcesses::inAChildProcess_data()
{
    QTest::addColumn<Script>("script");
    QTest::newRow("script") << Script(passInTheScript);
    QTest::newRow("thread-of-the-script") << Script(passInAThread);
}

// The breakpoints of the test do not exist in a child process.
void TestBreakpointsAndProcesses::inAChildProcess()
{
    QFETCH(const Script, script);
    QSeamstressBreakpoint breakpoint("there");
    QSeamstressProcess process(script);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QVERIFY2(process.exit(), qPrintable(process.errorString()));
    QCOMPARE(breakpoint.hits(), 0);
}

// The child reaches a breakpoint in its only thread, and then in another thread.
void TestBreakpointsAndProcesses::forkedByTheCodeUnderTest()
{
#ifdef Q_OS_UNIX
    QSeamstressBreakpoint halts("there");
    QSeamstressBreakpoint acts("there too");
    acts.setAction([] { _exit(1); });
    const pid_t child = fork();
    if (child == 0) {
        QSEAMSTRESS_PAUSE_POINT("there too");
#ifndef QSEAMSTRESS_SANITIZER // sanitizers do not support threads in a forked child
        std::thread([] { QSEAMSTRESS_PAUSE_POINT("there"); }).join();
#endif
        _exit(7);
    }
    int status = 0;
    const bool hasEnded = QTest::qWaitFor([&] { return waitpid(child, &status, WNOHANG) == child; }, 60'000);
    if (!hasEnded)
        kill(child, SIGKILL);
    QVERIFY(hasEnded);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 7);
    QCOMPARE(halts.hits(), 0);
#else
    QSKIP("This system has no fork().");
#endif
}

static void haltsItsOwnThread()
{
    QSeamstressBreakpoint breakpoint("there");
    std::thread thread([] { QSEAMSTRESS_PAUSE_POINT("there", 7); });
    const bool isHit = breakpoint.waitForHit();
    const int value = breakpoint.value().toInt();
    breakpoint.disarm();
    thread.join();
    if (!isHit || value != 7)
        throw std::runtime_error("no thread was paused");
    QSeamstress::pause("done");
}

void TestBreakpointsAndProcesses::madeInAChildProcess()
{
    QSeamstressBreakpoint breakpoint("there"); // independent of the one in the child process
    QSeamstressProcess process(haltsItsOwnThread);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.pausePoint(), "done");
    QVERIFY2(process.exit(), qPrintable(process.errorString()));
    QCOMPARE(breakpoint.hits(), 0);
}

QTEST_GUILESS_MAIN(TestBreakpointsAndProcesses)
#include "tst_breakpointsandprocesses.moc"
