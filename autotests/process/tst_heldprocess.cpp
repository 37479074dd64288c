// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A process that waits for a debugger before it runs its script.

#include <QSeamstressTest>

#include <QFile>
#include <QScopeGuard>
#include <QTemporaryFile>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

#ifdef Q_OS_LINUX
#include <array>

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

class TestHeldProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void heldForADebugger();
    void noTimeoutIsOver();
};

// Has to be destroyed before the executors, whose destructors would otherwise wait forever.
class Hold
{
public:
    Hold() { qputenv("QSEAMSTRESS_HOLD_CHILD", "1"); }
    ~Hold() { qunsetenv("QSEAMSTRESS_HOLD_CHILD"); }
    Q_DISABLE_COPY_MOVE(Hold)
};

#ifdef Q_OS_LINUX
// A process that debugs another one until this object is destroyed.
class Debugger
{
public:
    explicit Debugger(pid_t debugged)
    {
        if (::pipe(m_attached.data()) != 0 || ::pipe(m_end.data()) != 0)
            qFatal("no pipe");
        m_process = ::fork();
        if (m_process != 0)
            return;
        ::close(m_end[1]);
        const char succeeded = ::ptrace(PTRACE_SEIZE, debugged, nullptr, nullptr) == 0 ? 'y' : 'n';
        char end = 0;
        if (::write(m_attached[1], &succeeded, 1) == 1)
            static_cast<void>(!::read(m_end[0], &end, 1));
        ::_exit(0);
    }
    ~Debugger()
    {
        for (const int descriptor : { m_attached[0], m_attached[1], m_end[0], m_end[1] })
            ::close(descriptor);
        ::waitpid(m_process, nullptr, 0);
    }
    Q_DISABLE_COPY_MOVE(Debugger)
    bool isAttached() const
    {
        char succeeded = 'n';
        return ::read(m_attached[0], &succeeded, 1) == 1 && succeeded == 'y';
    }

private:
    std::array<int, 2> m_attached;
    std::array<int, 2> m_end;
    pid_t m_process = 0;
};
#endif

void TestHeldProcess::heldForADebugger()
{
#ifdef Q_OS_LINUX
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report whether a debugger is attached.");
    // The output of the process goes to the standard error of the test.
    QTemporaryFile output;
    QVERIFY(output.open());
    const int before = ::dup(STDERR_FILENO);
    ::dup2(output.handle(), STDERR_FILENO);
    const auto printAsBefore = qScopeGuard([before] {
        ::dup2(before, STDERR_FILENO);
        ::close(before);
    });
    QSeamstressProcess process([]() -> QSeamstressScript { co_yield "a"; });
    process.setObjectName("held");
    process.setPauseTimeout(1);
    const Hold hold;
    process.start();
    const QByteArray text = "QSeamstressProcess: \"held\", process " + QByteArray::number(process.processId()) + ", is waiting for a debugger\n";
    const auto printed = [&output] {
        QFile file(output.fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_COMPARE_WITH_TIMEOUT(printed(), text, 300'000);
    QCOMPARE(process.phase(), QSeamstressExecutor::SettingUp);
    const Debugger debugger(static_cast<pid_t>(process.processId()));
    if (!debugger.isAttached())
        QSKIP("This system does not permit debugging another process.");
    QVERIFY2(process.waitForPaused(), qPrintable(process.errorString())); // the time-out of 1 ms does not count
#else
    QSKIP("Only Linux reports whether a debugger is attached.");
#endif
}

void TestHeldProcess::noTimeoutIsOver()
{
    // Keeps the machine busy until the thread has paused.
    std::atomic<bool> isOver = false;
    std::vector<std::unique_ptr<QThread>> busyThreads;
    const auto end = qScopeGuard([&] {
        isOver = true;
        for (const auto &busy : busyThreads)
            busy->wait();
    });
    for (int i = 0; i < 2 * QThread::idealThreadCount(); ++i) {
        busyThreads.emplace_back(QThread::create([&isOver] {
            while (!isOver) { }
        }));
        busyThreads.back()->start();
    }
    QSeamstressThread thread([]() -> QSeamstressScript {
        QThread::msleep(500);
        co_yield "late";
    });
    thread.setPauseTimeout(1);
    const Hold hold;
    QVERIFY2(thread.enter(), qPrintable(thread.errorString()));
}

QTEST_GUILESS_MAIN(TestHeldProcess)
#include "tst_heldprocess.moc"
