// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef GATE_P_H
#define GATE_P_H

#include <memory>
#include <mutex>

#include "../base/sleeper_p.h"
#include "../base/whereabouts_p.h"
#include "scripthost_p.h"

QT_BEGIN_NAMESPACE
class QEventLoop;
QT_END_NAMESPACE

namespace QSeamstressPrivate {

class Gate;
class ScriptRunner;

// The owner of a script, in another process. A listening thread would account for a sixth of the cost of the script's process, so only
// the script's own thread reads the owner's messages, at the gate, and passes them to the gate.
class DistantOwner
{
public:
    virtual void hear(Gate &gate) = 0; // handles pending messages
    virtual void waitAndHear(Gate &gate) = 0; // waits for the next message
    // While the returned object exists, an event loop handles incoming messages.
    virtual std::unique_ptr<QObject> hearInEventLoop(Gate &gate) = 0;

protected:
    ~DistantOwner() = default;
};

// Connects a script in a thread of its own with its owner: the script pauses here until the owner resumes it. All functions are
// thread-safe, except for those of the script's side, which only the script's thread calls.
class Gate final : public ScriptHost
{
public:
    // Stranded: paused forever in plain code that must not continue, since objects it uses are destroyed, and that cannot be unwound.
    enum State { Running, Halted, Awaiting, Stranded };
    // What can be done with a paused script other than resuming it.
    enum class Halt { InCoroutine, InPlainCode }; // a coroutine can be destroyed
    enum class WhileHalted { Sleep, RunEventLoop, HearDistantOwner };

    // Keeps whereabouts.isInOurCode up to date.
    Gate(ScriptObserver &observer, const Target &target, quint32 order, WhileHalted whileHalted, Whereabouts &whereabouts, DistantOwner *owner = nullptr);

    // The owner's side.
    void letGo(const Target &target, quint32 order); // the owner knows that it is paused
    void retarget(const Target &target, quint32 order); // the owner does not: announces a matching pause again, ends any other
    // From now on the coroutine is destroyed where it suspends instead of being resumed, and plain code that is paused is stranded;
    // error says why. giveUpAwaiting(): only if it awaits something.
    void cancel(const QSeamstressError &error) override;
    // The same without an error. If plainCodeStays, plain code stays paused, now or at its next pause point. Otherwise it continues; if it
    // is paused, this returns false and changes nothing.
    bool cancelByOwner(bool plainCodeStays);
    void giveUpAwaiting(const QSeamstressError &error);
    State state() const;
    bool runsEventLoop() const; // it is paused and is running its event loop now
    QString awaited() const; // describes the awaitable

    // The script's side: runs it to the end.
    void run(ScriptRunner &runner);
    void pauseInPlainCode(const QString &point, const QVariant &value) override;
    void setReady() override;

private:
    // A slot that reaches a pause point while the script is paused passes it.
    void reach(const QString &point, const QVariant &value, Halt where);
    // Runs the event loop until setReady(), which may be called earlier.
    void awaitReady(const QString &what);
    bool goesOn(bool hasBegun) const;
    void cancel(std::unique_lock<std::mutex> &lock, const QSeamstressError &error);
    void waitForOwner(std::unique_lock<std::mutex> &lock, Sleeper::Looks looks);
    void endEventLoop();
    void runEventLoop(std::unique_lock<std::mutex> &lock, QEventLoop &loop);

    ScriptObserver &m_observer;
    mutable std::mutex m_mutex;
    Sleeper m_sleeper;
    Target m_target;
    PointCounts m_counts;
    QString m_point; // where it is paused
    int m_time = 0; // how often it has reached that point
    QVariant m_value;
    quint32 m_order;
    const WhileHalted m_whileHalted;
    DistantOwner *const m_distantOwner; // null if the owner is in this process
    State m_state = Running;
    Halt m_where = Halt::InCoroutine;
    Whereabouts &m_whereabouts;
    bool m_isAnnounced = false; // the owner has been notified of the pause
    bool m_isReady = false; // the awaited result is available
    QString m_awaited;
    bool m_awaitingGivenUp = false;
    bool m_cancelled = false;
    bool m_plainCodeStays = false; // after cancellation
    QSeamstressError m_stopError;
    QEventLoop *m_loop = nullptr; // of the script's thread, while the loop runs
};

} // namespace QSeamstressPrivate

#endif // GATE_P_H
