// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXECUTORDATA_P_H
#define EXECUTORDATA_P_H

#include <QtCore/QElapsedTimer>

#include <optional>

#include "../base/eventwait_p.h"
#include "../base/locknames_p.h"
#include "../base/patience_p.h"
#include "backend_p.h"
#include "executorerrors_p.h"
#include "qseamstressexecutor.h"
#include "verbs_p.h"

namespace QSeamstressPrivate {

// The state machine of all executors, on top of a Backend. Everything here runs in the owner's thread.
//
// The state changes first. Signals follow once it is consistent.
class ExecutorData
{
public:
    using Phase = QSeamstressExecutor::Phase;

    ExecutorData(QSeamstressExecutor *executor, std::unique_ptr<Backend> backend);

    bool call(const Request &request);
    void callWithoutWaiting(const Request &request);
    void hear(); // the event loop has delivered an event to the executor
    void handleEvents();
    void stepHasEventLoop();
    void shutDown();

    bool mayChange(const char *function, const char *what);
    void setSource(const char *function, const ScriptSource &source, const std::shared_ptr<ConfigData> &config = {}, const std::shared_ptr<QSeamstressConfig> &shared = {});
    void setMilliseconds(const char *function, int &property, qint64 milliseconds);
    void warn(const char *function, const QString &text) const;
    bool isRunning() const;
    ActivityReport activity() const;

    Phase phase = QSeamstressExecutor::Idle;
    QString pausePoint;
    QVariant pauseValue;
    int timeout = 1000; // ms
    int pauseTimeout = 5000; // ms
    QSeamstressExecutor::WaitMode waitMode = QSeamstressExecutor::Blocking;
    bool cancelsAfterFailure = false;
    Notifications notifications;
    ExecutorErrors errors;
    const std::unique_ptr<Backend> backend;
    std::shared_ptr<ConfigData> config;

private:
    friend class Shutdown;
    friend class VerbWait;
    enum class Outcome { Succeeded, Failed, Waiting };
    using Guard = QPointer<QSeamstressExecutor>;

    Outcome act(const Request &request);
    Outcome start(const char *function, const Target &target);
    void isLetGo();
    bool cancelScript(Backend::PlainCode plainCode);
    QString waitRefusal() const;
    void beginWaiting();
    void endWaiting();
    void waitStep(EventWait &events, QDeadlineTimer deadline);
    bool isStuck() const;
    PassedPoints passedPoints() const;
    bool processesEvents() const;
    void halt(const ScriptEvent &event);
    void isOver(const QList<QSeamstressError> &theirErrors);
    Outcome neverPaused();
    Outcome doesNotDoThat(const Request &request);

    QSeamstressError makeError(QSeamstressError::Code code, const QString &text) const;
    Outcome misuse(const char *function, const QString &text);
    bool isOwnersThread(const char *function) const;
    void setPhase(Phase newPhase);
    QString name() const;

    QSeamstressExecutor *const m_executor;
    ScriptSource m_source;
    std::shared_ptr<QSeamstressConfig> m_sharedConfig;
    std::shared_ptr<Mailbox> m_mailbox;
    Target m_target;
    std::optional<LockOfScript> m_namedLock; // while the script runs
    KnownLock m_askedLock; // that of the last waitForBlockedOn() in this run
    quint32 m_order = 0;
    bool m_verbActive = false;
    QDeadlineTimer m_verbsDeadline; // of the active verb
    QElapsedTimer m_sinceLetGo;
    bool m_toldOfEventLoop = false; // since m_sinceLetGo was started
    bool m_attending = false;
    bool m_isShutDown = false;
};

} // namespace QSeamstressPrivate

#endif // EXECUTORDATA_P_H
