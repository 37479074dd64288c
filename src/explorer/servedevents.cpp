// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "servedevents_p.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QEventLoop>

#include <memory>
#include <system_error>
#include <thread>

#include "../base/eventloopwatch_p.h"
#include "../base/lookinterval_p.h"
#include "../platform/platform_p.h"
#include "../platform/scheduler_p.h"

namespace QSeamstressPrivate {

// The number of looks at a waiting event loop. The first ones may find the thread just before its system call.
static constexpr int maximumLooksAtLoop = 5;

// The maximum number of successive rounds with events. With more, the event loop counts as active.
static constexpr int roundsOfEvents = 100;

bool ServedEvents::deliver(Which which)
{
    if (!QCoreApplication::instance())
        return false;
    const std::shared_ptr<const EventLoopWatch> eventLoop = EventLoopWatch::ofCurrentThread();
    const quint64 before = eventLoop->events();
    m_serving = ++m_servings;
    QCoreApplication::sendPostedEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    if (which == All)
        QCoreApplication::processEvents();
    m_serving = 0;
    return eventLoop->events() != before;
}

// False while the thread is still about to wait.
static bool waitsForEver(qint64 thread)
{
    const ActivityReport report = activityOfThread({ thread }, [] { return false; });
    return report.activity == ActivityReport::Blocked && !report.endsByItself;
}

// Qt has no API for the timers and sockets of an event loop, but the system call in which it waits shows them. So another thread looks at
// that call and then wakes up the event loop.
bool doesEventLoopGoOnByItself(GoesOnBy what)
{
    const std::shared_ptr<const EventLoopWatch> eventLoop = EventLoopWatch::ofCurrentThread();
    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    if (!dispatcher)
        return false;
    QEventLoop loop;
    const quint64 eventsBefore = eventLoop->events();
    int rounds = 0;
    while (loop.processEvents()) { // also the event that woke it up earlier
        if (++rounds == roundsOfEvents)
            return true;
    }
    std::atomic<bool> isOver = false;
    std::atomic<bool> isIdle = false;
    const auto look = [&, thread = currentThreadId()] {
        becomeOwnThread();
        LookInterval interval;
        for (int looks = 0; !isOver && !isIdle && looks < maximumLooksAtLoop;) {
            std::this_thread::sleep_until(interval.next().deadline<std::chrono::steady_clock>());
            if (!eventLoop->isWaiting())
                continue;
            ++looks;
            const bool waitsForNothing = what == GoesOnBy::Timers ? waitsForEver(thread) : !whatEndsByItself(thread);
            isIdle = waitsForNothing && eventLoop->isWaiting(); // it has not entered a slot in between
        }
        dispatcher->wakeUp();
    };
    try {
        std::thread looker(look);
        loop.processEvents(QEventLoop::WaitForMoreEvents);
        isOver = true;
        looker.join();
    } catch (const std::system_error &) {
        return true; // no thread could be created
    }
    return !isIdle || eventLoop->events() != eventsBefore;
}

} // namespace QSeamstressPrivate
