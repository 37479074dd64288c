// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "standingthreads_p.h"

#include <QtCore/QScopeGuard>

#include <algorithm>

#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

static StandingThreads *&pointer()
{
    static auto *threads = new StandingThreads; // never destroyed: threads may arrive after everything else is gone
    return threads;
}

StandingThreads &StandingThreads::instance()
{
    return *pointer();
}

void StandingThreads::forgetInForkedChild()
{
    pointer() = new StandingThreads; // the mutex of the previous one may be locked forever
}

void StandingThreads::addCurrentThread(const QString &point, const void *owner)
{
    const std::lock_guard lock(m_mutex);
    m_standing.append({ std::this_thread::get_id(), currentThreadId(), point, owner });
}

void StandingThreads::remove(std::thread::id thread)
{
    const std::lock_guard lock(m_mutex);
    m_standing.removeIf([thread](const Standing &standing) { return standing.id == thread; });
}

bool StandingThreads::isCurrentThreadFirst(const void *owner) const
{
    const std::lock_guard lock(m_mutex);
    const auto first = std::find_if(m_standing.cbegin(), m_standing.cend(), [owner](const Standing &standing) { return standing.owner == owner; });
    return first != m_standing.cend() && first->id == std::this_thread::get_id();
}

QString StandingThreads::pointOf(std::thread::id thread) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = std::find_if(m_standing.cbegin(), m_standing.cend(), [thread](const Standing &standing) { return standing.id == thread; });
    return found == m_standing.cend() ? QString() : found->point;
}

QList<qint64> StandingThreads::threads() const
{
    const std::lock_guard lock(m_mutex);
    QList<qint64> threads;
    for (const Standing &standing : m_standing)
        threads.append(standing.thread);
    return threads;
}

quint64 StandingThreads::turn() const
{
    const std::lock_guard lock(m_mutex);
    return m_turn;
}

void StandingThreads::waitForNextTurn(quint64 turn, const QString &point)
{
    std::unique_lock lock(m_mutex);
    if (m_turn != turn)
        return;
    const std::thread::id id = std::this_thread::get_id();
    m_standing.append({ id, currentThreadId(), point, nullptr });
    // Also if the thread is terminated here.
    const auto leave = qScopeGuard([this, id] { m_standing.removeIf([id](const Standing &standing) { return standing.id == id; }); });
    m_changed.wait(lock, [this, turn] { return m_turn != turn; });
}

void StandingThreads::nextTurn()
{
    const std::lock_guard lock(m_mutex);
    ++m_turn;
    m_standing.removeIf([](const Standing &standing) { return !standing.owner; });
    m_changed.notify_all();
}

} // namespace QSeamstressPrivate
