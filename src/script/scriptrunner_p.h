// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTRUNNER_P_H
#define SCRIPTRUNNER_P_H

#include <QtCore/QList>

#include <coroutine>
#include <memory>
#include <mutex>

#include "gate_p.h"
#include "qseamstresserror.h"
#include "qseamstressscriptsource.h"

namespace QSeamstressPrivate {

// Tells a runner, from any thread, that what its script awaits is there. Outlives the runner.
class ReadyTeller
{
public:
    explicit ReadyTeller(Gate *gate)
        : m_gate(gate)
    {
    }
    void tell();
    void forget();

private:
    std::mutex m_mutex;
    Gate *m_gate;
};

// Runs one script to its end in the thread that calls run(). The script's coroutines tell it why they suspend.
//
// Coroutines are never resumed from within each other: a sub-script that begins or ends returns to the loop in run(), which
// resumes the next. Without optimisation g++ makes no tail call of a symmetric transfer, and a long loop over sub-scripts would
// overflow the stack.
class ScriptRunner
{
public:
    ScriptRunner(const ScriptSource &source, Gate &gate, const QString &origin, const QString &name);
    ~ScriptRunner();

    // Everything that went wrong, in order; empty if nothing did.
    QList<QSeamstressError> run();

    // Called by the coroutines.
    void resumeNext(std::coroutine_handle<> coroutine) { m_next = coroutine; }
    void suspendAtPausePoint(std::coroutine_handle<> coroutine);
    // what: for messages. An awaitable of another library may resume the coroutine later: then it cannot be destroyed.
    void suspendAwaiting(std::coroutine_handle<> coroutine, const QString &what, bool isForeign);
    void setPause(const QSeamstress::Pause &pause) { m_pause = pause; }
    void setReady() { m_gate.setReady(); }
    std::shared_ptr<ReadyTeller> readyTeller();
    void addException(const std::exception_ptr &exception);
    static void requireEventLoop();

    // Plain code reached a pause point.
    void pause(const QString &point, const QVariant &value);
    static ScriptRunner *current();

private:
    enum State { Running, AtPausePoint, Awaiting };

    void resumeToTheEnd(QSeamstressScript &script);
    QSeamstressError stopError() const;
    bool reach(const QString &point, const QVariant &value, Gate::Halt where);

    const ScriptSource &m_source;
    Gate &m_gate;
    const QString m_origin;
    const QString m_name;
    QString m_lastPoint;
    bool m_hasPaused = false;
    State m_state = Running;
    std::coroutine_handle<> m_next;
    QSeamstress::Pause m_pause;
    QString m_awaited;
    bool m_awaitsForeign = false;
    std::shared_ptr<ReadyTeller> m_readyTeller;
    QList<QSeamstressError> m_errors;
};

} // namespace QSeamstressPrivate

#endif // SCRIPTRUNNER_P_H
