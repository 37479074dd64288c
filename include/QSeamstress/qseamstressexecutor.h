// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSEXECUTOR_H
#define QSEAMSTRESSEXECUTOR_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QVariant>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "qseamstress_export.h"
#include "qseamstressconfig.h"
#include "qseamstresserror.h"
#include "qseamstressexception.h"
#include "qseamstressscriptsource.h"

namespace QSeamstressPrivate {
class Backend;
class ExecutorData;
class ExecutorErrors;
}

class QSEAMSTRESS_EXPORT QSeamstressExecutor : public QObject
{
    Q_OBJECT
    Q_PROPERTY(Phase phase READ phase NOTIFY phaseChanged)
    Q_PROPERTY(QString pausePoint READ pausePoint NOTIFY phaseChanged)
    Q_PROPERTY(QVariant pauseValue READ pauseValue NOTIFY phaseChanged)
    Q_PROPERTY(int timeout READ timeout WRITE setTimeout)
    Q_PROPERTY(int pauseTimeout READ pauseTimeout WRITE setPauseTimeout)
    Q_PROPERTY(WaitMode waitMode READ waitMode WRITE setWaitMode)
    Q_PROPERTY(bool cancelsAfterFailure READ cancelsAfterFailure WRITE setCancelsAfterFailure)
    Q_PROPERTY(QSeamstressConfig *config READ config WRITE setConfig NOTIFY configChanged)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorChanged)

public:
    enum Phase { Idle, SettingUp, Paused, Running, TearingDown, Finished, Failed };
    Q_ENUM(Phase)
    enum WaitMode { Blocking, ProcessEvents };
    Q_ENUM(WaitMode)
    enum Activity { NotRunning, Halted, Computing, Blocked, Sleeping, InEventLoop, Unknown, Awaiting };
    Q_ENUM(Activity)

    ~QSeamstressExecutor() override;

    Phase phase() const;
    QString pausePoint() const;
    QVariant pauseValue() const;
    int timeout() const;
    std::chrono::milliseconds timeoutAsDuration() const;
    void setTimeout(int milliseconds);
    void setTimeout(std::chrono::milliseconds timeout);
    int pauseTimeout() const;
    std::chrono::milliseconds pauseTimeoutAsDuration() const;
    void setPauseTimeout(int milliseconds);
    void setPauseTimeout(std::chrono::milliseconds timeout);
    WaitMode waitMode() const;
    void setWaitMode(WaitMode mode);
    bool cancelsAfterFailure() const;
    void setCancelsAfterFailure(bool cancels);
    QSeamstressConfig *config() const;
    void setConfig(QSeamstressConfig *config);
    void setConfig(std::shared_ptr<QSeamstressConfig> config);
    QSeamstressError error() const;
    QList<QSeamstressError> errors() const;
    QString errorString() const;
    virtual Activity activity() const;

    [[nodiscard]] Q_INVOKABLE bool enter();
    [[nodiscard]] bool enter(QDeadlineTimer deadline);
    [[nodiscard]] Q_INVOKABLE bool advance();
    [[nodiscard]] bool advance(QDeadlineTimer deadline);
    [[nodiscard]] Q_INVOKABLE bool runTo(const QString &point);
    [[nodiscard]] bool runTo(const QString &point, QDeadlineTimer deadline);
    [[nodiscard]] Q_INVOKABLE bool exit();
    [[nodiscard]] bool exit(QDeadlineTimer deadline);
    Q_INVOKABLE bool cancel();
    bool cancel(QDeadlineTimer deadline);
    [[nodiscard]] bool waitForPaused();
    [[nodiscard]] bool waitForPaused(QDeadlineTimer deadline);
    [[nodiscard]] bool waitForFinished();
    [[nodiscard]] bool waitForFinished(QDeadlineTimer deadline);
    [[nodiscard]] Q_INVOKABLE bool waitForActivity(QSeamstressExecutor::Activity activity);
    [[nodiscard]] bool waitForActivity(Activity activity, QDeadlineTimer deadline);
    [[nodiscard]] Q_INVOKABLE bool waitForBlocked();
    [[nodiscard]] bool waitForBlocked(QDeadlineTimer deadline);
    template <class Lock>
    bool waitForBlockedOn(const Lock *, QDeadlineTimer = {})
    {
        static_assert(!sizeof(Lock), "QSeamstressExecutor: waitForBlockedOn() works only for threads: a pointer means nothing in another process, and a task would block the thread of the test. "
                                     "Call QSeamstressThread::waitForBlockedOn(), or waitForBlocked() or waitForActivity()");
        return false;
    }
    template <class Body>
    [[nodiscard]] bool during(Body &&body);

public Q_SLOTS:
    void start();
    void resume();
    void finish();

Q_SIGNALS:
    void phaseChanged(QSeamstressExecutor::Phase phase);
    void paused(const QString &point);
    void finished();
    void errorOccurred(const QSeamstressError &error);
    void errorChanged();
    void configChanged();

protected:
    QSeamstressExecutor(std::unique_ptr<QSeamstressPrivate::Backend> backend, QObject *parent);
    void setScriptSource(const QSeamstressPrivate::ScriptSource &source);
    QSeamstressPrivate::Backend *backend() const;
    void refuseScript(const QString &refusal);
    bool mayChange(const char *function, const char *what);
    virtual void misused(const QString &text) const;
    // function: the name of the calling function, for messages.
    bool waitForBlockedOn(const char *function, const QSeamstressPrivate::KnownLock &lock, std::optional<QDeadlineTimer> deadline);
    void shutDown();
    bool event(QEvent *event) override;

private:
    friend class QSeamstressPrivate::ExecutorData;
    friend class QSeamstressPrivate::ExecutorErrors;
    void exitAfterException();

    const std::unique_ptr<QSeamstressPrivate::ExecutorData> d;
};

template <class Body>
bool QSeamstressExecutor::during(Body &&body)
{
    if (!enter())
        return false;
    const QPointer<QSeamstressExecutor> alive(this);
    try {
        std::forward<Body>(body)();
    } catch (...) {
        if (alive)
            exitAfterException();
        throw;
    }
    return alive && exit();
}

#endif // QSEAMSTRESSEXECUTOR_H
