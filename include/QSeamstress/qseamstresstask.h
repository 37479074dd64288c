// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSTASK_H
#define QSEAMSTRESSTASK_H

#include "qseamstressexecutor.h"

class QSEAMSTRESS_EXPORT QSeamstressTask : public QSeamstressExecutor
{
    Q_OBJECT

public:
    explicit QSeamstressTask(QObject *parent = nullptr);
    explicit QSeamstressTask(QSeamstressConfig *config, QObject *parent = nullptr);

    template <QSeamstressPrivate::MeantAsLock Lock>
    explicit QSeamstressTask(Lock *lock, QObject *parent = nullptr)
        : QSeamstressTask(parent)
    {
        static_assert(QSeamstressTryLockable<Lock>,
                      "QSeamstressTask: this type has no try_lock(), which a task needs in addition to lock() and unlock(): waiting in lock() would block "
                      "the test itself. Pass a callable that returns a guard, if it never has to wait, or a coroutine that co_awaits the lock.");
        if constexpr (QSeamstressTryLockable<Lock>)
            setScriptSource(QSeamstressPrivate::lockSource(lock, &QSeamstressPrivate::tryLockScript<Lock>));
    }

    template <class Script>
        requires std::invocable<Script &>
    explicit QSeamstressTask(Script script, QObject *parent = nullptr)
        : QSeamstressTask(parent)
    {
        setScript(std::move(script));
    }

    ~QSeamstressTask() override;

    template <class Script>
        requires std::invocable<Script &>
    void setScript(Script script)
    {
        setScriptSource(QSeamstressPrivate::scriptSource(std::move(script)));
    }
};

#endif // QSEAMSTRESSTASK_H
