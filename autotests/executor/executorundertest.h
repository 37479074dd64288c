// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The tests in this folder hold for every kind of executor. Each is built once a kind, which EXECUTOR_UNDER_TEST names. So a script
// captures nothing, as if it ran in another process: setScript() gives it what it needs.

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

// Its scripts get on only while the event loop of the test runs.
inline constexpr bool runsOnTheEventLoop = std::is_same_v<Executor, QSeamstressTask>;
// Its scripts share nothing with the test, are asked for nothing, and can be killed.
inline constexpr bool runsInAnotherProcess = std::is_same_v<Executor, QSeamstressProcess>;

using Door = std::conditional_t<runsInAnotherProcess, DoorBetweenProcesses, std::conditional_t<runsOnTheEventLoop, DoorOnTheEventLoop, DoorBetweenThreads>>;
using Notes = std::conditional_t<runsInAnotherProcess, NotesBetweenProcesses, NotesInMemory>;
using Count = std::conditional_t<runsInAnotherProcess, CountBetweenProcesses, CountInMemory>;
using Flag = std::conditional_t<runsInAnotherProcess, FlagBetweenProcesses, FlagInMemory>;

// Counts what has been set up and not torn down, over there.
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

// With arguments by value: doors, notes, counts and flags, of which each copy is the same thing, and whatever can be sent to another process.
template <class Script, class... Args>
void setScript(Executor &executor, Script script, Args... args)
{
    if constexpr (runsInAnotherProcess)
        executor.setScript(script, args...);
    else
        executor.setScript([script, args...] { return script(args...); });
}

// What another process needs to know of the class of a config.
template <class Config>
void registerConfig()
{
    if constexpr (runsInAnotherProcess)
        QSeamstressProcess::registerConfig<Config>();
}

// The script gets on meanwhile, without a verb.
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

// It has been let go, and comes to a co_await.
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

// Where a script runs: its thread or, in another process, the main thread of that process. As text, for notes.
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

// A deadline for something that cannot happen before the test allows it: short, since it is always waited for to the end.
inline QDeadlineTimer shortDeadline()
{
    return QDeadlineTimer(20, Qt::PreciseTimer);
}

// Expects the warning of a misuse: function of an executor with this objectName, and what it says.
inline void expectMisuse(const char *function, const QString &text)
{
    const QString pattern = QStringLiteral("^%1::%2: .*%3").arg(QLatin1String(Executor::staticMetaObject.className()), QLatin1String(function), text);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(pattern));
}

#endif // EXECUTORUNDERTEST_H
