// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "breakpoint_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QScopeGuard>
#include <QtCore/QStringList>
#include <QtCore/QThread>

#include <utility>

#ifdef __GLIBCXX__
#    include <cxxabi.h>
#endif

#include "../base/realtime_p.h"
#include "../base/standingthreads_p.h"
#include "../script/errordata_p.h"
#include "../timeline/timeline_p.h"
#include "threadnames_p.h"

namespace QSeamstressPrivate {

// Maximum number of passes, each of a point and a thread, that a message names.
static constexpr int maximumPasses = 20;

Breakpoint::Breakpoint(QObject *owner, const QString &point)
    : m_point(point)
    , m_owner(owner)
    , m_ownerWatch(std::make_shared<OwnerWatch>())
{
}

BreakpointState Breakpoint::state() const
{
    const std::lock_guard lock(m_mutex);
    return { m_settings, m_isArmed, m_standing.has_value(), m_standing ? m_standing->thread : nullptr, m_hits };
}

QVariant Breakpoint::value() const
{
    const std::lock_guard lock(m_mutex);
    return m_value;
}

int Breakpoint::newsEventType()
{
    static const int type = QEvent::registerEventType();
    return type;
}

void Breakpoint::arm()
{
    const std::lock_guard lock(m_mutex);
    m_isArmed = true;
    ++m_arming;
    m_ownerWatch = std::make_shared<OwnerWatch>(); // the thread that arms it owns it
    m_settings.toIgnore = m_settings.ignoreCount;
    m_passed = {};
    m_passes = {};
}

void Breakpoint::disarm()
{
    const std::lock_guard lock(m_mutex);
    m_isArmed = false;
    ++m_arming;
    letGo();
}

bool Breakpoint::resume()
{
    const std::lock_guard lock(m_mutex);
    return letGo();
}

bool Breakpoint::letGo(std::thread::id thread)
{
    const std::lock_guard lock(m_mutex);
    return m_standing && m_standing->id == thread && letGo();
}

// Called with the mutex locked.
bool Breakpoint::letGo()
{
    const std::optional<Standing> stood = std::exchange(m_standing, {});
    if (stood) {
        ++m_turn;
        m_news.hasChanged = true;
        StandingThreads::instance().remove(stood->id);
    }
    m_changed.notify_all();
    StandingThreads::instance().nextTurn();
    return stood.has_value();
}

void Breakpoint::disown()
{
    const std::lock_guard lock(m_mutex);
    m_owner = nullptr;
}

void Breakpoint::ownerIsHere()
{
    const std::lock_guard lock(m_mutex);
    if (!m_ownerWatch->isUpToDate())
        m_ownerWatch = std::make_shared<OwnerWatch>();
}

Breakpoint::News Breakpoint::takeNews()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_news, {});
}

QList<QSeamstressError> Breakpoint::takeErrors()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_errors, {});
}

bool Breakpoint::takeHit()
{
    const std::lock_guard lock(m_mutex);
    return m_standing || std::exchange(m_hasRun, false);
}

void Breakpoint::waitForNews(QDeadlineTimer deadline)
{
    std::unique_lock lock(m_mutex);
    const auto isThere = [this] { return m_standing || m_hasRun || !m_errors.isEmpty(); };
    if (deadline.isForever())
        m_changed.wait(lock, isThere);
    else
        m_changed.wait_until(lock, deadline.deadline<std::chrono::system_clock>(), isThere);
}

QString Breakpoint::passes() const
{
    const std::lock_guard lock(m_mutex);
    if (m_passes.points.isEmpty())
        return QStringLiteral("No pause point has been reached since it was armed.");
    QStringList texts;
    qint64 others = m_passes.others;
    for (const PassedPoint &pass : m_passes.points) {
        if (texts.size() == maximumPasses) {
            others += pass.count;
            continue;
        }
        const QString times = pass.count == 1 ? QString() : QStringLiteral(" %1 times").arg(pass.count);
        texts.append(QStringLiteral("\"%1\"%2 by %3").arg(pass.point, times, pass.thread));
    }
    if (others != 0)
        texts.append(QStringLiteral("others %1 times").arg(others));
    return QStringLiteral("Reached since it was armed: %1.").arg(texts.join(QStringLiteral(", ")));
}

QString Breakpoint::reasons() const
{
    const std::lock_guard lock(m_mutex);
    QString text;
    const auto add = [&text](int count, const QString &why) {
        if (count != 0)
            text += QStringLiteral(" %1 passed the breakpoint %2 %3.").arg(why, QString::number(count), count == 1 ? QStringLiteral("time") : QStringLiteral("times"));
    };
    add(m_passed.owner, QStringLiteral("The thread of the test, which cannot wait for itself (an action set with setAction() would run there),"));
    add(m_passed.otherNames, QStringLiteral("Threads not named \"%1\", as setThreadName() requires,").arg(m_settings.threadName));
    add(m_passed.refused, QStringLiteral("Threads for which the condition was false"));
    add(m_settings.ignoreCount - m_settings.toIgnore, QStringLiteral("Threads ignored by setIgnoreCount()"));
    add(m_passed.besideOther, QStringLiteral("Threads that arrived while another one was paused there"));
    if (m_conditions != 0)
        text += QStringLiteral(" Its condition is running.");
    if (m_actions != 0)
        text += QStringLiteral(" Its action is running.");
    return text;
}

QString Breakpoint::whoIsHalted() const
{
    const std::lock_guard lock(m_mutex);
    return m_standing ? QStringLiteral(" Paused at \"%1\": %2.").arg(m_point, m_standing->text) : QString();
}

void Breakpoint::note(const QString &point, const QString &thread)
{
    const std::lock_guard lock(m_mutex);
    m_passes.add(point, thread);
}

// Called with the mutex locked.
void Breakpoint::tellOwner()
{
    m_changed.notify_all();
    if (m_owner)
        QCoreApplication::postEvent(m_owner, new QEvent(static_cast<QEvent::Type>(newsEventType())));
}

// Called with the mutex locked.
Breakpoint::Outcome Breakpoint::leaveToOther()
{
    if (m_settings.haltsAll)
        return Outcome::Busy;
    ++m_passed.besideOther;
    return Outcome::Passed;
}

Breakpoint::Outcome Breakpoint::reach(const QVariant &value, Visit *visit)
{
    std::unique_lock lock(m_mutex);
    const bool isArmedAsBefore = m_arming == visit->arming.value_or(m_arming);
    if (!m_isArmed || !isArmedAsBefore)
        return Outcome::Passed;
    visit->arming = m_arming;
    if (m_ownerWatch->isCurrentThread() && !*m_settings.action) {
        ++m_passed.owner;
        return Outcome::Passed;
    }
    if (!m_settings.threadName.isEmpty() && nameOfCurrentThread() != m_settings.threadName) {
        ++m_passed.otherNames;
        return Outcome::Passed;
    }
    const auto isTaken = [this] { return m_standing && !*m_settings.action; };
    if (isTaken())
        return leaveToOther();
    if (!std::exchange(visit->meetsCondition, true)) {
        const auto condition = m_settings.condition;
        bool isMet = !*condition;
        if (!isMet)
            call(lock, &m_conditions, QStringLiteral("condition"), [&] { isMet = (*condition)(value); });
        if (!isMet) {
            ++m_passed.refused;
            return Outcome::Passed;
        }
        if (m_settings.toIgnore > 0) {
            --m_settings.toIgnore;
            return Outcome::Passed;
        }
        if (!m_isArmed || m_arming != visit->arming) // while the condition ran
            return Outcome::Passed;
        if (isTaken())
            return leaveToOther();
    }
    ++m_hits;
    m_value = value;
    ++m_news.reached;
    m_news.hasChanged = true;
    if (const auto action = m_settings.action; *action)
        runAction(lock, *action);
    else
        halt(lock);
    return Outcome::Taken;
}

// Calls a function of the user without the mutex. Returns false if it threw.
template <class Function>
bool Breakpoint::call(std::unique_lock<std::mutex> &lock, int *count, const QString &what, const Function &function)
{
    ++*count;
    lock.unlock();
    // Also if the thread is terminated there, as by QThread::terminate().
    const auto leave = qScopeGuard([&] {
        lock.lock();
        --*count;
    });
    try {
        function();
        return true;
#ifdef __GLIBCXX__
    } catch (abi::__forced_unwind &) {
        throw; // the thread is being terminated
#endif
    } catch (...) {
        const QSeamstressError error = ErrorData::fromException(std::current_exception(), m_point, QStringLiteral("The %1 of the breakpoint \"%2\"").arg(what, m_point), QString());
        const std::lock_guard errorsLock(m_mutex);
        m_errors.append(error);
        tellOwner();
        return false;
    }
}

void Breakpoint::runAction(std::unique_lock<std::mutex> &lock, const BreakpointSettings::Action &action)
{
    tellOwner();
    const Timeline::Place place = Timeline::instance().beginRun(columnOfCurrentThread());
    Timeline::instance().add(place, QStringLiteral("runs the action at \"%1\"").arg(m_point), Timeline::Turn::Goes);
    const auto leave = qScopeGuard([place] { Timeline::instance().endRun(place); });
    if (!call(lock, &m_actions, QStringLiteral("action"), action))
        return;
    m_hasRun = true;
    tellOwner();
}

void Breakpoint::halt(std::unique_lock<std::mutex> &lock)
{
    const RealTime realTime;
    const void *const owner = m_ownerWatch->id();
    m_standing = Standing{ std::this_thread::get_id(), QThread::currentThread(), textOfCurrentThread() };
    ++m_news.halts;
    StandingThreads::instance().addCurrentThread(m_point, owner);
    const quint64 turn = ++m_turn;
    const Timeline::Place place = Timeline::instance().beginRun(columnOfCurrentThread());
    Timeline::instance().add(place, haltedText(m_point), Timeline::Turn::Stands);
    tellOwner();
    // Also if the thread is terminated here.
    const auto leave = qScopeGuard([&] {
        if (m_turn == turn)
            letGo();
        Timeline::instance().add(place, QStringLiteral("resumed"), Timeline::Turn::Goes);
        Timeline::instance().endRun(place);
        tellOwner();
    });
    for (OwnerWatch::Looks looks(m_settings.timeout); m_turn == turn;) {
        m_changed.wait_until(lock, looks.next());
        if (m_turn != turn)
            break;
        const std::shared_ptr<const OwnerWatch> ownerWatch = m_ownerWatch; // may change while unlocked
        lock.unlock();
        const QString problem = looks.look(*ownerWatch, m_point, StandingThreads::instance().isCurrentThreadFirst(owner));
        lock.lock();
        if (problem.isEmpty() || m_turn != turn)
            continue;
        m_errors.append(ErrorData::make(QSeamstressError::InvalidUse, problem, m_point));
        letGo();
    }
}

} // namespace QSeamstressPrivate
