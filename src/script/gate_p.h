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

// The owner of a script, in another process. A thread that listens to it would be a sixth of what the script's process costs: so nobody
// hears it but the script's own thread, at the script's gate, and passes on to the gate what it says.
class DistantOwner
{
public:
    virtual void hear(Gate &gate) = 0; // what has come
    virtual void waitAndHear(Gate &gate) = 0; // what comes next
    // As long as that exists, an event loop hears whatever comes.
    virtual std::unique_ptr<QObject> hearInEventLoop(Gate &gate) = 0;

protected:
    ~DistantOwner() = default;
};

// Stands between a script in a thread of its own and its owner: the script halts here until the owner lets it go on. Every function
// may be called from any thread, those of the script's side only from the script's.
class Gate final : public ScriptHost
{
public:
    // Stranded: halted in plain code that must not go on, since what it uses is gone. It cannot be unwound, so it stays there for ever.
    enum State { Running, Halted, Awaiting, Stranded };
    // What can be done with a script where it halts, other than letting it go on.
    enum class Halt { InCoroutine, InPlainCode }; // a coroutine can be destroyed
    enum class WhileHalted { Sleep, RunEventLoop, HearDistantOwner };

    // Keeps whereabouts.isInOurCode true to what the script's thread does.
    Gate(ScriptObserver &observer, const Target &target, quint32 order, WhileHalted whileHalted, Whereabouts &whereabouts, DistantOwner *owner = nullptr);

    // The owner's side.
    void letGo(const Target &target, quint32 order); // the owner has seen it halt
    void retarget(const Target &target, quint32 order); // the owner has not: a halt that fits is announced again, any other ends
    // From now on the coroutine is to be destroyed where it suspends, not resumed, and what is halted in plain code is stranded;
    // error says why. giveUpAwaiting(): only where it awaits something.
    void cancel(const QSeamstressError &error) override;
    // The same without an error. Plain code stays where it halts now, or would halt next; or goes on, and if it is halted there, this is false.
    bool cancelByOwner(bool plainCodeStays);
    void giveUpAwaiting(const QSeamstressError &error);
    State state() const;
    bool runsEventLoop() const; // it is halted, and runs it this instant
    QString awaited() const; // what it awaits

    // The script's side: runs it to its end.
    void run(ScriptRunner &runner);
    void pauseInPlainCode(const QString &point, const QVariant &value) override;
    void setReady() override;

private:
    // A pause point that a slot reaches while the script is halted is passed.
    void reach(const QString &point, const QVariant &value, Halt where);
    // Runs the event loop until setReady(), which may come first.
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
    QString m_point; // where it halts
    int m_time = 0; // the first, second, ... one there
    QVariant m_value;
    quint32 m_order;
    const WhileHalted m_whileHalted;
    DistantOwner *const m_distantOwner; // null if it is in this process
    State m_state = Running;
    Halt m_where = Halt::InCoroutine;
    Whereabouts &m_whereabouts;
    bool m_isAnnounced = false; // the owner has been told of the halt
    bool m_isReady = false; // what it awaits
    QString m_awaited;
    bool m_awaitingGivenUp = false;
    bool m_cancelled = false;
    bool m_plainCodeStays = false; // then
    QSeamstressError m_stopError;
    QEventLoop *m_loop = nullptr; // of the script's thread, while it runs
};

} // namespace QSeamstressPrivate

#endif // GATE_P_H
