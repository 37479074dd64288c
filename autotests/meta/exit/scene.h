// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Shared by the programs in this folder. Each of them leaves a thread behind, as the environment variable SCENE says, and ends.

#ifndef SCENE_H
#define SCENE_H

#include <QSeamstressExplorer>
#include <QSeamstressTest>

#include <QtConcurrent/QtConcurrentRun>

#include <QReadWriteLock>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <QWaitCondition>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>

#include <unistd.h>

namespace Scene {

// The destructors of the conditions wait for the threads that wait on them, as do those of the conditions in Qt itself.
inline QMutex mutex;
inline QWaitCondition condition;
inline std::mutex standardMutex;
inline std::condition_variable standardCondition;
inline QSemaphore door;
inline QThreadPool pool;

inline const struct Last
{
    ~Last() { std::fputs("static objects were destroyed\n", stdout); }
} last;

inline void waitForEver()
{
    const QMutexLocker locker(&mutex);
    while (true)
        condition.wait(&mutex);
}

inline void waitForEverOnAStandardOne()
{
    std::unique_lock lock(standardMutex);
    while (true)
        standardCondition.wait(lock);
}

// The stream stays locked while it reads.
inline void readForEver()
{
    int ends[2];
    if (::pipe(ends) != 0)
        return;
    std::FILE *const stream = ::fdopen(ends[0], "r");
    char text[8];
    static_cast<void>(std::fgets(text, sizeof(text), stream));
}

inline void waitForAJobForEver()
{
    QSemaphore begun;
    const QFuture<void> job = QtConcurrent::run([&begun] {
        begun.release();
        waitForEver();
    });
    begun.acquire();
    QFuture<void>(job).waitForFinished();
}

inline bool isFoundByAnExplorer(const std::function<void()> &wait)
{
    QSeamstressExplorer explorer;
    explorer.addThread("A", wait);
    return !explorer.run({}) && explorer.verdict() == QSeamstressExplorer::Deadlock;
}

inline bool isFoundOnTwoLocks()
{
    struct Locks
    {
        QReadWriteLock first;
        QReadWriteLock second;
    };
    std::shared_ptr<Locks> locks;
    QSeamstressExplorer explorer;
    const auto add = [&](const char *name, QReadWriteLock Locks::*one, QReadWriteLock Locks::*other) {
        explorer.addThread(name, [&locks, one, other] {
            const std::shared_ptr<Locks> own = locks; // lives as long as the abandoned thread
            const QWriteLocker locker(&(*own.*one));
            QSeamstress::pause("has one");
            const QReadLocker otherLocker(&(*own.*other));
        });
    };
    explorer.setReset([&locks] { locks = std::make_shared<Locks>(); });
    add("A", &Locks::first, &Locks::second);
    add("B", &Locks::second, &Locks::first);
    return !explorer.explore() && explorer.verdict() == QSeamstressExplorer::Deadlock;
}

// Only waits until the thread is blocked: the destructor of the executor then abandons the thread and reports the failure.
inline bool isAbandoned(const std::function<void()> &wait, QThreadPool *threadPool = nullptr)
{
    qputenv("QSEAMSTRESS_TIMEOUT_FACTOR", "0.02");
    QSeamstressThread thread(wait);
    thread.setThreadPool(threadPool);
    thread.start();
    return thread.waitForBlocked(QDeadlineTimer(60'000));
}

// Returns false if the scene could not be set.
inline bool play()
{
    std::cout << "not flushed by cout ";
    std::fputs("nor by stdout ", stdout);
    const QByteArray kind = qgetenv("SCENE");
    if (kind == "QReadWriteLock")
        return isFoundOnTwoLocks();
    if (kind == "QWaitCondition")
        return isFoundByAnExplorer(&waitForEver);
    if (kind == "condition_variable")
        return isFoundByAnExplorer(&waitForEverOnAStandardOne);
    if (kind == "thread")
        return isAbandoned(&waitForEver);
    if (kind == "thread-that-reads")
        return isAbandoned([] { static_cast<void>(std::getchar()); });
    if (kind == "thread-that-reads-a-pipe")
        return isAbandoned(&readForEver);
    if (kind == "job-of-the-global-pool")
        return isAbandoned(&waitForAJobForEver);
    if (kind == "pool")
        return isAbandoned(&waitForEver, &pool);
    if (kind == "global-pool")
        return isAbandoned(&waitForEver, QThreadPool::globalInstance());
    if (kind == "thread-that-ends") {
        static std::atomic<QThread *> thread = nullptr;
        const bool ok = isAbandoned([] {
            thread = QThread::currentThread();
            door.acquire();
        });
        door.release();
        return ok && thread.load()->wait(60'000);
    }
    return kind == "nothing";
}

} // namespace Scene

#endif // SCENE_H
