// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The tests in this folder hold for every kind of executor. Each is built once for each kind, which EXECUTOR_UNDER_TEST names. Scripts
// capture nothing, as if they ran in another process: setScript() passes them what they need.

#ifndef EXECUTORUNDERTEST_H
#define EXECUTORUNDERTEST_H

#include <QSeamstressTest>

#include <QTest>
#include <QThread>

#include <concepts>
#include <type_traits>

#include "../shared/betweenprocesses.h"
#include "door.h"
#include "notes.h"
#include "../shared/recordedfailures.h"

using Executor = EXECUTOR_UNDER_TEST;

// Its scripts make progress only while the event loop of the test runs.
inline constexpr bool runsOnTheEventLoop = std::is_same_v<Executor, QSeamstressTask>;
// Its scripts share nothing with the test, are not asked to stop, and can be killed.
inline constexpr bool runsInAnotherProcess = std::is_same_v<Executor, QSeamstressProcess>;

using Door = std::conditional_t<runsInAnotherProcess, DoorBetweenProcesses, std::conditional_t<runsOnTheEventLoop, DoorOnTheEventLoop, DoorBetweenThreads>>;
using Notes = std::conditional_t<runsInAnotherProcess, NotesBetweenProcesses, NotesInMemory>;
using Count = std::conditional_t<runsInAnotherProcess, CountBetweenProcesses, CountInMemory>;
using Flag = std::conditional_t<runsInAnotherProcess, FlagBetweenProcesses, FlagInMemory>;

// Counts what the script has set up and not yet torn down.
class Guard
{
public:
    explicit Guard(const Count &alive)
        : m_alive(alive)
    {
        m_alive.up();
    }
    Guard(const Guard &other)
        : Guard(other.m_alive)
    {
    }
    Guard &operator=(const Guard &) = delete;
    ~Guard() { m_alive.down(); }

private:
    const Count m_alive;
};

inline constexpr QSeamstressError::Code stillAlive = runsInAnotherProcess ? QSeamstressError::ProcessStillAlive
    : runsOnTheEventLoop                                                  ? QSeamstressError::TaskStillExecuting
                                                                          : QSeamstressError::ThreadStillAlive;

// Passes arguments by value: doors, notes, counts and flags, whose copies share their state, and values that can be sent to another process.
template <class Script, class... Args>
void setScript(Executor &executor, Script script, Args... args)
{
    if constexpr (runsInAnotherProcess)
        executor.setScript(script, args...);
    else
        executor.setScript([script, args...] { return script(args...); });
}

// Makes the class of a config known to another process.
template <class Config>
void registerConfig()
{
    if constexpr (runsInAnotherProcess)
        QSeamstressProcess::registerConfig<Config>();
}

// Lets the script make progress without calling a verb.
template <class Condition>
void waitUntil(Condition condition)
{
    while (!condition()) {
        if (runsOnTheEventLoop)
            QCoreApplication::processEvents();
        else
            QThread::yieldCurrentThread();
    }
}

inline void letItHalt(const Executor &executor)
{
    waitUntil([&executor] { return executor.activity() == QSeamstressExecutor::Halted; });
}

// For a script that has been resumed and is about to reach a co_await.
inline void letItAwait(const Executor &executor)
{
    waitUntil([&executor] { return executor.activity() == QSeamstressExecutor::Awaiting; });
}

inline QThread *threadOf(const QSeamstressTask &task)
{
    return task.thread();
}
inline QThread *threadOf(const QSeamstressThread &thread)
{
    return thread.workerThread();
}

// Where a script runs, as text for notes: its thread or, in another process, the main thread of that process.
inline QString placeOf(const QThread *thread)
{
    return QStringLiteral("thread %1").arg(reinterpret_cast<quintptr>(thread), 0, 16);
}
template <std::derived_from<QSeamstressExecutor> ExecutorOfThisProcess>
QString placeOf(const ExecutorOfThisProcess &executor)
{
    return placeOf(threadOf(executor));
}
inline QString placeOf(const QSeamstressProcess &process)
{
    return QStringLiteral("process %1").arg(process.processId());
}
inline QString here()
{
    if (runsInAnotherProcess && QThread::currentThread() == QCoreApplication::instance()->thread())
        return QStringLiteral("process %1").arg(QCoreApplication::applicationPid());
    return placeOf(QThread::currentThread());
}

// A deadline for something that cannot happen before the test allows it. It is short, since it always expires.
inline QDeadlineTimer shortDeadline()
{
    return QDeadlineTimer(20, Qt::PreciseTimer);
}

// Expects the warning about misuse of a function of the executor. text is a regular expression.
inline void expectMisuse(const char *function, const QString &text)
{
    const QString pattern = QStringLiteral("^%1::%2: .*%3").arg(QLatin1String(Executor::staticMetaObject.className()), QLatin1String(function), text);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(pattern));
}

#endif // EXECUTORUNDERTEST_H
