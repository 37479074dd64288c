// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "eventloopwatch_p.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QPointer>

namespace QSeamstressPrivate {

static thread_local EventLoopWatch *watchOfThisThread = nullptr;

// A dispatcher emits awake() only after it has processed all events that woke it up. The handlers that it calls until then do not wait for
// events.
bool EventLoopWatch::eventComes(void **)
{
    if (watchOfThisThread) {
        watchOfThisThread->setWaiting(false);
        ++watchOfThisThread->m_events;
    }
    return false; // deliver the event
}

// At load time, since Qt's list of callbacks is not thread-safe.
static const struct WatchedEvents
{
    WatchedEvents() { QInternal::registerCallback(QInternal::EventNotifyCallback, &EventLoopWatch::eventComes); }
    ~WatchedEvents() { QInternal::unregisterCallback(QInternal::EventNotifyCallback, &EventLoopWatch::eventComes); }
} watchedEvents;

std::shared_ptr<const EventLoopWatch> EventLoopWatch::ofCurrentThread()
{
    // A thread may get another dispatcher: the main thread gets one with each QCoreApplication.
    static thread_local QPointer<QAbstractEventDispatcher> watched;
    static thread_local struct Holder
    {
        ~Holder() { watchOfThisThread = nullptr; }
        std::shared_ptr<EventLoopWatch> watch;
    } holder;
    std::shared_ptr<EventLoopWatch> &watch = holder.watch;

    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    if (watch && watched == dispatcher)
        return watch;
    watch = std::make_shared<EventLoopWatch>();
    watchOfThisThread = watch.get();
    watched = dispatcher;
    if (dispatcher) {
        const auto setWaiting = [watch = watch](bool isWaiting) {
            watch->setWaiting(isWaiting);
            ++watch->m_turns;
        };
        QObject::connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, dispatcher, [setWaiting] { setWaiting(true); }, Qt::DirectConnection);
        QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, dispatcher, [setWaiting] { setWaiting(false); }, Qt::DirectConnection);
    }
    return watch;
}

void EventLoopWatch::tellOfCurrentThread(Whereabouts &whereabouts)
{
    ofCurrentThread();
    watchOfThisThread->m_whereabouts = &whereabouts;
}

} // namespace QSeamstressPrivate
