// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TASKRUN_P_H
#define TASKRUN_P_H

#include <QtCore/QObject>

#include <memory>
#include <mutex>

#include "../executor/backend_p.h"
#include "../script/scriptrunner_p.h"

namespace QSeamstressPrivate {

// One run of a script on the event loop of the thread in which it was made: each step is a turn of that loop of its own. It lives
// there, and may outlive the executor. Functions may be called from any thread if they do not say otherwise.
class TaskRun final : public QObject, public ScriptHost, public std::enable_shared_from_this<TaskRun>
{
public:
    static std::shared_ptr<TaskRun> make(const RunSettings &settings, int pauseTimeout);

    void postStep(); // the first one begins the script
    void letGo(const Target &target, quint32 order, int pauseTimeout); // the owner has seen it halt
    void retarget(const Target &target, quint32 order, int pauseTimeout); // the owner has not
    void cancel(const QSeamstressError &error) override;
    void keepAlive(); // to the end of the script
    ActivityReport activity() const;
    bool isOnTheStack() const; // called from within one of its steps

    void pauseInPlainCode(const QString &point, const QVariant &value) override;
    void setReady() override;

protected:
    bool event(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    enum State { OnItsWay, Halted, Awaiting, Retrying, Over };

    TaskRun(const RunSettings &settings, int pauseTimeout);
    void setTarget(const Target &target, quint32 order, int pauseTimeout);
    void step();
    void endStep(ScriptRunner::Stop stop);
    void reachPoint();

    const RunSettings m_settings;
    ScriptRunner m_runner;
    PointCounts m_counts;
    int m_time = 0; // the first, second, ... one at the point where it halts
    int m_retryTimer = 0;

    mutable std::mutex m_mutex;
    State m_state = OnItsWay;
    bool m_isInStep = false;
    bool m_isReady = false; // what it awaits
    bool m_isCancelled = false;
    QSeamstressError m_stopError;
    Target m_target;
    quint32 m_order;
    int m_pauseTimeout; // ms
    std::shared_ptr<TaskRun> m_self; // keeps it alive
};

} // namespace QSeamstressPrivate

#endif // TASKRUN_P_H
