// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "breakpoint_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QScopeGuard>
#include <QtCore/QThread>

#include <utility>

#include "../platform/platform_p.h"
#include "../script/errordata_p.h"
#include "../timeline/timeline_p.h"
#include "threadnames_p.h"

namespace QSeamstressPrivate {

Breakpoint::Breakpoint(QObject *owner, const QString &point)
    : m_point(point)
    , m_owner(owner)
    , m_ownerWatch(std::make_shared<OwnerWatch>())
{
}

BreakpointSettings Breakpoint::settings() const
{
    const std::lock_guard lock(m_mutex);
    return m_settings;
}

bool Breakpoint::isArmed() const
{
    const std::lock_guard lock(m_mutex);
    return m_isArmed;
}

bool Breakpoint::isHit() const
{
    const std::lock_guard lock(m_mutex);
    return m_isHit;
}

int Breakpoint::hits() const
{
    const std::lock_guard lock(m_mutex);
    return m_hits;
}

QVariant Breakpoint::value() const
{
    const std::lock_guard lock(m_mutex);
    return m_value;
}

QThread *Breakpoint::hitThread() const
{
    const std::lock_guard lock(m_mutex);
    return m_isHit ? m_thread : nullptr;
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
    m_ownerWatch = std::make_shared<OwnerWatch>(); // who arms it owns it
    m_settings.toIgnore = m_settings.ignoreCount;
    m_refused = m_passedByOwner = m_ofOtherNames = 0;
    m_passes = {};
}

void Breakpoint::disarm()
{
    const std::lock_guard lock(m_mutex);
    m_isArmed = false;
    letGo();
}

bool Breakpoint::resume()
{
    const std::lock_guard lock(m_mutex);
    return letGo();
}

// Under the mutex.
bool Breakpoint::letGo()
{
    const bool stood = std::exchange(m_isHit, false);
    if (stood) {
        ++m_turn;
        m_news.hasChanged = true;
    }
    m_changed.notify_all();
    return stood;
}

void Breakpoint::disown()
{
    const std::lock_guard lock(m_mutex);
    m_owner = nullptr;
}

Breakpoint::News Breakpoint::takeNews()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_news, {});
}

bool Breakpoint::takeHit()
{
    const std::lock_guard lock(m_mutex);
    return m_isHit || std::exchange(m_hasRun, false);
}

void Breakpoint::waitForNews(QDeadlineTimer deadline)
{
    std::unique_lock lock(m_mutex);
    const auto isThere = [this] { return m_isHit || m_hasRun || !m_news.errors.isEmpty(); };
    if (deadline.isForever())
        m_changed.wait(lock, isThere);
    else
        m_changed.wait_until(lock, deadline.deadline<std::chrono::system_clock>(), isThere);
}

PassesByThreads Breakpoint::passes() const
{
    const std::lock_guard lock(m_mutex);
    return m_passes;
}

QString Breakpoint::reasons() const
{
    const std::lock_guard lock(m_mutex);
    QString text;
    const auto add = [&text](int count, const QString &why) {
        if (count != 0)
            text += QStringLiteral(" %1 went on there %2 %3.").arg(why).arg(count).arg(count == 1 ? QStringLiteral("time") : QStringLiteral("times"));
    };
    add(m_passedByOwner, QStringLiteral("The thread of the test itself, which cannot wait for itself (setAction() would run there),"));
    add(m_ofOtherNames, QStringLiteral("Threads that are not called \"%1\", as setThreadName() asks,").arg(m_settings.threadName));
    if (m_actions != 0)
        text += QStringLiteral(" Its action runs now.");
    add(m_refused, QStringLiteral("Threads for which the condition was false"));
    add(m_settings.ignoreCount - m_settings.toIgnore, QStringLiteral("Threads that setIgnoreCount() lets pass"));
    return text;
}

QString Breakpoint::whoIsHalted() const
{
    const std::lock_guard lock(m_mutex);
    return m_isHit ? QStringLiteral(" Halted at \"%1\": %2.").arg(m_point, m_threadText) : QString();
}

void Breakpoint::note(const QString &point, const QString &thread)
{
    const std::lock_guard lock(m_mutex);
    m_passes.add(point, thread);
}

// Under the mutex.
void Breakpoint::tellOwner()
{
    m_changed.notify_all();
    if (m_owner)
        QCoreApplication::postEvent(m_owner, new QEvent(static_cast<QEvent::Type>(newsEventType())));
}

Breakpoint::Outcome Breakpoint::reach(const QVariant &value)
{
    std::unique_lock lock(m_mutex);
    const auto isBusy = [this] { return m_isHit && !m_settings.action; };
    const auto busy = [this] { return m_settings.haltsAll ? Outcome::Busy : Outcome::Passed; };
    if (!m_isArmed)
        return Outcome::Passed;
    const bool isOwner = m_ownerWatch->isCurrentThread();
    if (isOwner && !m_settings.action) {
        ++m_passedByOwner;
        return Outcome::Passed;
    }
    if (!m_settings.threadName.isEmpty() && nameOfCurrentThread() != m_settings.threadName) {
        ++m_ofOtherNames;
        return Outcome::Passed;
    }
    if (isBusy())
        return busy();
    if (const auto condition = m_settings.condition) {
        lock.unlock();
        const bool isMet = meetsCondition(*condition, value);
        lock.lock();
        if (!isMet) {
            ++m_refused;
            return Outcome::Passed;
        }
        if (!m_isArmed)
            return Outcome::Passed;
        if (isBusy()) // since then
            return busy();
    }
    if (m_settings.toIgnore > 0) {
        --m_settings.toIgnore;
        return Outcome::Passed;
    }
    ++m_hits;
    m_value = value;
    ++m_news.reached;
    m_news.hasChanged = true;
    if (const auto action = m_settings.action)
        runAction(lock, *action);
    else
        halt(lock);
    return Outcome::Taken;
}

bool Breakpoint::meetsCondition(const BreakpointSettings::Condition &condition, const QVariant &value)
{
    try {
        return condition(value);
    } catch (...) {
        failWith(std::current_exception(), QStringLiteral("condition"));
        return false;
    }
}

void Breakpoint::failWith(const std::exception_ptr &exception, const QString &what)
{
    const QSeamstressError error = ErrorData::fromException(exception, m_point, QStringLiteral("The %1 of the breakpoint \"%2\"").arg(what, m_point), QString());
    const std::lock_guard lock(m_mutex);
    m_news.errors.append(error);
    tellOwner();
}

void Breakpoint::runAction(std::unique_lock<std::mutex> &lock, const BreakpointSettings::Action &action)
{
    ++m_actions;
    lock.unlock();
    const Timeline::Place place = Timeline::instance().beginRun(columnOfCurrentThread());
    Timeline::instance().add(place, QStringLiteral("runs the action at \"%1\"").arg(m_point), Timeline::Turn::Goes);
    try {
        action();
    } catch (...) {
        failWith(std::current_exception(), QStringLiteral("action"));
    }
    Timeline::instance().endRun(place);
    lock.lock();
    --m_actions;
    m_hasRun = true;
    tellOwner();
}

void Breakpoint::halt(std::unique_lock<std::mutex> &lock)
{
    m_isHit = true;
    m_thread = QThread::currentThread();
    m_threadText = textOfCurrentThread();
    const quint64 turn = ++m_turn;
    const std::shared_ptr<const OwnerWatch> ownerWatch = m_ownerWatch;
    const Timeline::Place place = Timeline::instance().beginRun(columnOfCurrentThread());
    Timeline::instance().add(place, QStringLiteral("halted at \"%1\"").arg(m_point), Timeline::Turn::Stands);
    tellOwner();
    // Also where the thread is ended here, as by QThread::terminate().
    const auto leave = qScopeGuard([&] {
        if (m_turn == turn)
            letGo();
        Timeline::instance().add(place, QStringLiteral("let go"), Timeline::Turn::Goes);
        Timeline::instance().endRun(place);
        tellOwner();
    });
    for (OwnerWatch::Looks looks(m_settings.timeout); m_turn == turn;) {
        m_changed.wait_until(lock, looks.next());
        if (m_turn != turn)
            break;
        lock.unlock();
        const QString problem = looks.look(*ownerWatch, m_point);
        lock.lock();
        if (problem.isEmpty() || m_turn != turn)
            continue;
        m_news.errors.append(ErrorData::make(QSeamstressError::InvalidUse, problem, m_point));
        letGo();
    }
}

void Breakpoint::waitForTurn()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_isHit || !m_isArmed; });
}

} // namespace QSeamstressPrivate
