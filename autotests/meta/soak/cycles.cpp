// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "cycles.h"

#include <QSeamstressProcess>
#include <QSeamstressTask>
#include <QSeamstressThread>

#include <QDeadlineTimer>
#include <QFuture>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <functional>
#include <memory>
#include <stdexcept>
#include <vector>

#include "table.h"

namespace {

enum Course { Ends,
              ThrowsInSetUp,
              ThrowsBetween,
              ThrowsInTearDown,
              IsLate,
              IsDestroyed,
              IsKilledInSetUp,
              IsKilledWhilePaused,
              IsKilledInTearDown };

QFuture<void> after(int milliseconds)
{
    auto promise = std::make_shared<QPromise<void>>();
    promise->start();
    QTimer::singleShot(milliseconds, [promise] { promise->finish(); });
    return promise->future();
}

QSeamstressScript script(int course)
{
    if (course == ThrowsInSetUp)
        throw std::runtime_error("on purpose");
    if (course == IsKilledInSetUp)
        std::raise(SIGKILL);
    co_yield "a";
    if (course == ThrowsBetween)
        throw std::runtime_error("on purpose");
    if (course == IsLate)
        co_await after(3);
    co_yield "b";
    if (course == ThrowsInTearDown)
        throw std::runtime_error("on purpose");
    if (course == IsKilledInTearDown)
        std::raise(SIGKILL);
}

bool hasCode(const QSeamstressExecutor &executor, QSeamstressError::Code code)
{
    return executor.error().code() == code;
}

// Returns what failed; empty if nothing failed.
QString run(QSeamstressExecutor &executor, Course course)
{
    const bool entered = executor.enter();
    if (course == ThrowsInSetUp || course == IsKilledInSetUp) {
        const bool asItShould = !entered && hasCode(executor, course == ThrowsInSetUp ? QSeamstressError::Exception : QSeamstressError::Crashed);
        return asItShould ? QString() : "in set-up: " + executor.errorString();
    }
    if (!entered)
        return "not entered: " + executor.errorString();
    if (course == IsDestroyed)
        return {};
    if (course == IsKilledWhilePaused) {
        ::kill(static_cast<pid_t>(static_cast<QSeamstressProcess &>(executor).processId()), SIGKILL);
        return !executor.exit() && hasCode(executor, QSeamstressError::Crashed) && executor.errorString().contains("SIGKILL") ? QString() : "not killed: " + executor.errorString();
    }
    const bool advanced = executor.advance(course == IsLate ? QDeadlineTimer(1) : QDeadlineTimer(QDeadlineTimer::Forever));
    if (course == ThrowsBetween)
        return !advanced && hasCode(executor, QSeamstressError::Exception) ? QString() : "between: " + executor.errorString();
    // On a busy machine, the time-out may be noticed too late.
    if (!advanced && (course != IsLate || !hasCode(executor, QSeamstressError::PauseTimedOut) || !executor.waitForPaused(QDeadlineTimer(QDeadlineTimer::Forever))))
        return "not advanced: " + executor.errorString();
    const bool exited = executor.exit();
    if (course == ThrowsInTearDown || course == IsKilledInTearDown)
        return !exited && hasCode(executor, course == ThrowsInTearDown ? QSeamstressError::Exception : QSeamstressError::Crashed) ? QString() : "in tear-down: " + executor.errorString();
    return exited ? QString() : "not exited: " + executor.errorString();
}

struct Kind
{
    const char *name;
    std::function<QString(Course)> cycle;
    bool isProcess;
};

std::vector<Kind> kinds(QThreadPool *pool)
{
    const auto process = [](Course course) {
        QSeamstressProcess process(&script, int(course));
        return run(process, course);
    };
    return {
        { "thread", [](Course course) {
             QSeamstressThread thread([course] { return script(course); });
             return run(thread, course);
         },
          false },
        { "pool", [pool](Course course) {
             QSeamstressThread thread([course] { return script(course); });
             thread.setThreadPool(pool);
             return run(thread, course);
         },
          false },
        { "task", [](Course course) {
             QSeamstressTask task([course] { return script(course); });
             return run(task, course);
         },
          false },
        { "process", process, true },
        { "process by QProcess", [process](Course course) {
             qputenv("QSEAMSTRESS_FORK_SERVER", "0");
             const QString problem = process(course);
             qunsetenv("QSEAMSTRESS_FORK_SERVER");
             return problem;
         },
          true },
    };
}

struct NamedCourse
{
    Course course;
    const char *name;
};

constexpr NamedCourse courses[] = {
    { Ends, "ends" },
    { ThrowsInSetUp, "throws in set-up" },
    { ThrowsBetween, "throws between points" },
    { ThrowsInTearDown, "throws in tear-down" },
    { IsLate, "is late" },
    { IsDestroyed, "is destroyed while paused" },
    { IsKilledInSetUp, "is killed in set-up" },
    { IsKilledWhilePaused, "is killed while paused" },
    { IsKilledInTearDown, "is killed in tear-down" },
};

} // namespace

bool soakInCycles(int count)
{
    static constexpr int warmUp = 10;
    QThreadPool pool;
    pool.setMaxThreadCount(1);
    pool.setExpiryTimeout(-1);
    bool succeeded = true;
    for (const Kind &kind : kinds(&pool)) {
        for (const NamedCourse &course : courses) {
            if (course.course >= IsKilledInSetUp && !kind.isProcess)
                continue;
            Resources before;
            QString problem;
            for (int i = -warmUp; i < count && problem.isEmpty(); ++i) {
                if (i == 0)
                    before = Resources::current();
                problem = kind.cycle(course.course);
            }
            pool.waitForDone();
            // The system takes a moment to clean up what has ended.
            Resources left;
            for (QDeadlineTimer deadline(2000); (left = Resources::difference(before, Resources::current()), !left.areNone()) && !deadline.hasExpired();) { }
            printRow(QStringLiteral("%1 that %2").arg(QLatin1String(kind.name), QLatin1String(course.name)), count, left, problem);
            succeeded = succeeded && left.areNone() && problem.isEmpty();
        }
    }
    return succeeded;
}
