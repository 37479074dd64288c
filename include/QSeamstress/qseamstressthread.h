// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSTHREAD_H
#define QSEAMSTRESSTHREAD_H

#include "qseamstressexecutor.h"

QT_BEGIN_NAMESPACE
class QThread;
class QThreadPool;
QT_END_NAMESPACE

class QSEAMSTRESS_EXPORT QSeamstressThread : public QSeamstressExecutor
{
    Q_OBJECT
    Q_PROPERTY(PauseMode pauseMode READ pauseMode WRITE setPauseMode)

public:
    enum PauseMode { HaltThread, RunEventLoop };
    Q_ENUM(PauseMode)

    explicit QSeamstressThread(QObject *parent = nullptr);
    explicit QSeamstressThread(QSeamstressConfig *config, QObject *parent = nullptr);

    template <QSeamstressPrivate::MeantAsLock Lock>
    explicit QSeamstressThread(Lock *lock, QObject *parent = nullptr)
        : QSeamstressThread(parent)
    {
        static_assert(QSeamstressLockable<Lock>,
                      "QSeamstressThread: this type has no lock() and unlock(). Pass a callable that returns a guard instead, for example "
                      "[&] { return QReadLocker(&lock); } or [&] { semaphore.acquire(); return qScopeGuard([&] { semaphore.release(); }); }");
        if constexpr (QSeamstressLockable<Lock>)
            setScriptSource(QSeamstressPrivate::lockSource(lock, &QSeamstressPrivate::lockScript<Lock>));
    }

    template <class Script>
        requires std::invocable<Script &>
    explicit QSeamstressThread(Script script, QObject *parent = nullptr)
        : QSeamstressThread(parent)
    {
        setScript(std::move(script));
    }

    ~QSeamstressThread() override;

    template <class Script>
        requires std::invocable<Script &>
    void setScript(Script script)
    {
        setScriptSource(QSeamstressPrivate::scriptSource(std::move(script)));
    }

    PauseMode pauseMode() const;
    void setPauseMode(PauseMode mode);
    QThreadPool *threadPool() const;
    void setThreadPool(QThreadPool *pool);
    QThread *workerThread() const;

    bool isBlocked() const;
    template <class Lock>
    [[nodiscard]] bool waitForBlockedOn(const Lock *lock)
    {
        return QSeamstressExecutor::waitForBlockedOn("waitForBlockedOn", QSeamstressPrivate::knownLock(lock), {});
    }
    template <class Lock>
    [[nodiscard]] bool waitForBlockedOn(const Lock *lock, QDeadlineTimer deadline)
    {
        return QSeamstressExecutor::waitForBlockedOn("waitForBlockedOn", QSeamstressPrivate::knownLock(lock), deadline);
    }
    static bool isActivityAvailable();
};

#endif // QSEAMSTRESSTHREAD_H
