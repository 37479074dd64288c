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

namespace QSeamstressPrivate {

// It is seen waiting so often, since the first looks may find it on its way there.
static constexpr int maximumLooksAtLoop = 5;

// So often events may come one after the other.
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

// Not one that is on its way into the wait.
static bool waitsForEver(qint64 thread)
{
    const ActivityReport report = activityOfThread({ thread }, [] { return false; });
    return report.activity == ActivityReport::Blocked && !report.endsByItself;
}

// Qt does not tell which timers and sockets an event loop has. The system call does in which it waits: another thread has to look at
// that, and ends it.
bool doesEventLoopGoOnByItself(GoesOnBy what)
{
    const std::shared_ptr<const EventLoopWatch> eventLoop = EventLoopWatch::ofCurrentThread();
    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    if (!dispatcher)
        return false;
    QEventLoop loop;
    const quint64 eventsBefore = eventLoop->events();
    int rounds = 0;
    while (loop.processEvents()) { // also what woke it up before
        if (++rounds == roundsOfEvents)
            return true;
    }
    std::atomic<bool> isOver = false;
    std::atomic<bool> isIdle = false;
    const auto look = [&, thread = currentThreadId()] {
        nameThisThread(nameOfOwnThreads);
        LookInterval interval;
        for (int looks = 0; !isOver && !isIdle && looks < maximumLooksAtLoop;) {
            std::this_thread::sleep_until(interval.next().deadline<std::chrono::steady_clock>());
            if (!eventLoop->isWaiting())
                continue;
            ++looks;
            const bool waitsForNothing = what == GoesOnBy::Timers ? waitsForEver(thread) : !whatEndsByItself(thread);
            isIdle = waitsForNothing && eventLoop->isWaiting(); // not in a slot since
        }
        dispatcher->wakeUp();
    };
    try {
        std::thread looker(look);
        loop.processEvents(QEventLoop::WaitForMoreEvents);
        isOver = true;
        looker.join();
    } catch (const std::system_error &) {
        return true; // the system gives no thread
    }
    return !isIdle || eventLoop->events() != eventsBefore;
}

} // namespace QSeamstressPrivate
