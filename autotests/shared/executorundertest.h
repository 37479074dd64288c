// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The tests in this folder hold for every kind of executor. Each is built once a kind, which EXECUTOR_UNDER_TEST names.

#ifndef EXECUTORUNDERTEST_H
#define EXECUTORUNDERTEST_H

#include <QSeamstressTest>

#include <QTest>
#include <QThread>

#include <type_traits>

#include "door.h"
#include "recordedfailures.h"

using Executor = EXECUTOR_UNDER_TEST;

// Its scripts get on only while the event loop of the test runs.
inline constexpr bool runsOnTheEventLoop = std::is_same_v<Executor, QSeamstressTask>;

using Door = std::conditional_t<runsOnTheEventLoop, DoorOnTheEventLoop, DoorBetweenThreads>;

inline constexpr QSeamstressError::Code stillAlive = runsOnTheEventLoop ? QSeamstressError::TaskStillExecuting : QSeamstressError::ThreadStillAlive;

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
    QCoreApplication::processEvents(); // a task that waits for its turn is in the event loop, too
    waitUntil([&executor] { return executor.activity() == QSeamstressExecutor::InEventLoop; });
}

inline QThread *threadOf(const QSeamstressTask &task)
{
    return task.thread();
}
inline QThread *threadOf(const QSeamstressThread &thread)
{
    return thread.workerThread();
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
