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

// One run of a script on the event loop of the thread that creates it. Each step is one posted event. The object lives in that thread
// and may outlive the executor. Functions are thread-safe unless stated otherwise.
class TaskRun final : public QObject, public ScriptHost, public std::enable_shared_from_this<TaskRun>
{
public:
    static std::shared_ptr<TaskRun> make(const RunSettings &settings, int pauseTimeout);

    void postStep(); // the first one starts the script
    void letGo(const Target &target, quint32 order, int pauseTimeout); // the owner knows that it is paused
    void retarget(const Target &target, quint32 order, int pauseTimeout); // the owner does not
    void cancel(const QSeamstressError &error) override;
    void keepAlive(); // until the script ends
    ActivityReport activity() const;
    bool isOnTheStack() const; // true if called from within one of its steps

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
    int m_time = 0; // how often it has reached the point where it is paused
    int m_retryTimer = 0;

    mutable std::mutex m_mutex;
    State m_state = OnItsWay;
    bool m_isInStep = false;
    bool m_isReady = false; // the awaited result is available
    bool m_isCancelled = false;
    QSeamstressError m_stopError;
    Target m_target;
    quint32 m_order;
    int m_pauseTimeout; // ms
    std::shared_ptr<TaskRun> m_self; // keeps this object alive until the script ends
};

} // namespace QSeamstressPrivate

#endif // TASKRUN_P_H
