// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "gate_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QEventLoop>
#include <QtCore/QScopeGuard>

#include <utility>

#include "../base/verbwatch_p.h"
#include "scriptrunner_p.h"

namespace QSeamstressPrivate {

Gate::Gate(ScriptObserver &observer, const Target &target, quint32 order, WhileHalted whileHalted, Whereabouts &whereabouts, DistantOwner *owner)
    : m_observer(observer)
    , m_target(target)
    , m_order(order)
    , m_whileHalted(whileHalted)
    , m_distantOwner(owner)
    , m_whereabouts(whereabouts)
{
}

void Gate::letGo(const Target &target, quint32 order)
{
    std::unique_lock lock(m_mutex);
    m_target = target;
    m_order = order;
    if (m_state == Stranded)
        return;
    m_state = Running;
    endEventLoop();
    m_sleeper.wake(lock);
}

void Gate::retarget(const Target &target, quint32 order)
{
    std::unique_lock lock(m_mutex);
    m_target = target;
    m_order = order;
    if (m_state != Halted)
        return;
    if (target.includes(m_point, m_time)) {
        const QString point = m_point;
        const QVariant value = m_value;
        lock.unlock();
        m_observer.halted(point, value, order);
        return;
    }
    m_state = Running;
    endEventLoop();
    m_sleeper.wake(lock);
}

void Gate::giveUpAwaiting(const QSeamstressError &error)
{
    const std::lock_guard lock(m_mutex);
    m_awaitingGivenUp = true;
    if (!m_cancelled)
        m_stopError = error;
    endEventLoop();
}

void Gate::cancel(const QSeamstressError &error)
{
    std::unique_lock lock(m_mutex);
    if (m_state == Halted && m_where == Halt::InPlainCode)
        m_state = Stranded;
    cancel(lock, error);
}

bool Gate::cancelByOwner(bool plainCodeStays)
{
    std::unique_lock lock(m_mutex);
    if (m_state == Halted && m_where == Halt::InPlainCode) {
        if (!plainCodeStays)
            return false;
        m_state = Stranded;
    }
    m_plainCodeStays = plainCodeStays;
    cancel(lock, {});
    return true;
}

void Gate::cancel(std::unique_lock<std::mutex> &lock, const QSeamstressError &error)
{
    if (!std::exchange(m_cancelled, true)) {
        m_stopError = error;
        if (!error)
            m_observer.cancelled();
    }
    endEventLoop();
    m_sleeper.wake(lock);
}

bool Gate::goesOn(bool hasBegun) const
{
    const std::lock_guard lock(m_mutex);
    const bool tellsOfItsConfig = !hasBegun && m_stopError; // a script whose config was destroyed starts, and reports that itself
    return !m_cancelled || tellsOfItsConfig;
}

Gate::State Gate::state() const
{
    const std::lock_guard lock(m_mutex);
    // A caller that sees Halted can rely on the owner finding the event the next time it looks.
    return m_state == Halted && !m_isAnnounced ? Running : m_state;
}

bool Gate::runsEventLoop() const
{
    const std::lock_guard lock(m_mutex);
    return m_state == Halted && m_loop;
}

QString Gate::awaited() const
{
    const std::lock_guard lock(m_mutex);
    return QString(m_awaited.constData(), m_awaited.size()); // not shared: ThreadSanitizer does not see how Qt frees it
}

void Gate::run(ScriptRunner &runner)
{
    const auto inScript = runner.enter(); // also while it is paused: slots may run then
    const auto atTheEnd = qScopeGuard([this] { m_whereabouts.stoppedAt = Whereabouts::now(); });
    for (bool hasBegun = false; goesOn(hasBegun); hasBegun = true) {
        const ScriptRunner::Stop stop = runner.resume();
        if (stop == ScriptRunner::Ended)
            return;
        stop == ScriptRunner::AtPausePoint ? reach(runner.pause().point, runner.pause().value, Halt::InCoroutine) : awaitReady(runner.awaited());
    }
    std::unique_lock lock(m_mutex);
    const QSeamstressError error = m_stopError;
    lock.unlock();
    runner.stop(error);
}

void Gate::pauseInPlainCode(const QString &point, const QVariant &value)
{
    reach(point, value, Halt::InPlainCode);
}

void Gate::reach(const QString &point, const QVariant &value, Halt where)
{
    m_whereabouts.isInOurCode = 1;
    const auto leave = qScopeGuard([this] { m_whereabouts.isInOurCode = 0; });
    const qint64 now = Whereabouts::now(); // before anything that lets another script overtake this one
    if (m_distantOwner)
        m_distantOwner->hear(*this);
    std::unique_lock lock(m_mutex);
    const State before = m_state; // Awaiting, if a slot gets here during co_await
    const int time = ++m_counts[point];
    const bool stays = m_cancelled && m_plainCodeStays && where == Halt::InPlainCode;
    const bool halts = stays || (!m_cancelled && before != Halted && m_target.includes(point, time));
    const quint32 order = m_order;
    if (halts) {
        m_state = stays ? Stranded : Halted;
        m_whereabouts.stoppedAt = now;
        m_where = where;
        m_isAnnounced = false;
        m_point = point;
        m_time = time;
        m_value = value;
    }
    lock.unlock();
    // Without the lock: this wakes up the owner, which may resume the script at once.
    m_observer.reached(point, halts);
    if (!halts)
        return;
    const Sleeper::Looks looks = m_observer.halted(point, value, order) ? Sleeper::Looks::Shortly : Sleeper::Looks::None;
    const VerbWatch::Verb waitsForItsOwner; // counts as a verb
    lock.lock();
    m_isAnnounced = true;
    while (m_state == Stranded || (m_state == Halted && !m_cancelled))
        waitForOwner(lock, looks);
    m_state = before;
}

// Returns when something may have changed.
void Gate::waitForOwner(std::unique_lock<std::mutex> &lock, Sleeper::Looks looks)
{
    switch (m_whileHalted) {
    case WhileHalted::Sleep:
        m_sleeper.sleep(lock, QDeadlineTimer::Forever, looks);
        break;
    case WhileHalted::RunEventLoop: {
        QEventLoop loop;
        runEventLoop(lock, loop);
        break;
    }
    case WhileHalted::HearDistantOwner:
        lock.unlock();
        m_distantOwner->waitAndHear(*this);
        lock.lock();
        break;
    }
}

void Gate::awaitReady(const QString &what)
{
    m_whereabouts.isInOurCode = 1;
    const auto leave = qScopeGuard([this] { m_whereabouts.isInOurCode = 0; });
    QEventLoop loop;
    std::unique_ptr<QObject> hearing;
    if (m_distantOwner) {
        m_distantOwner->hear(*this);
        hearing = m_distantOwner->hearInEventLoop(*this);
    }
    std::unique_lock lock(m_mutex);
    m_awaited = what;
    m_state = Awaiting;
    m_whereabouts.isAwaiting = 1;
    while (!m_isReady && !m_awaitingGivenUp && !m_cancelled)
        runEventLoop(lock, loop);
    m_state = Running;
    m_whereabouts.isAwaiting = 0;
    if (!std::exchange(m_isReady, false))
        m_cancelled = true; // the coroutine will never get what it awaits
}

void Gate::setReady()
{
    const std::lock_guard lock(m_mutex);
    m_isReady = true;
    endEventLoop();
}

void Gate::endEventLoop()
{
    // Posts an event, which is not lost if it arrives before exec(). Under the mutex, so that the loop still exists.
    if (m_loop)
        QCoreApplication::postEvent(m_loop, new QEvent(QEvent::Quit));
}

// Returns after endEventLoop(), or spuriously.
void Gate::runEventLoop(std::unique_lock<std::mutex> &lock, QEventLoop &loop)
{
    QEventLoop *const outer = std::exchange(m_loop, &loop);
    const quint32 wasInOurCode = m_whereabouts.isInOurCode.exchange(0); // slots run user code
    lock.unlock();
    const ProgramTime slotsRun;
    // exec() handles deleteLater(), processEvents() does not. After QThread::quit(), exec() always returns immediately.
    if (loop.exec() == -1)
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    m_whereabouts.isInOurCode = wasInOurCode;
    lock.lock();
    m_loop = outer;
    endEventLoop(); // the outer loop may have missed an event in the meantime
}

} // namespace QSeamstressPrivate
