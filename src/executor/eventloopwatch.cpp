// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "eventloopwatch_p.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QPointer>

namespace QSeamstressPrivate {

std::shared_ptr<const EventLoopWatch> EventLoopWatch::ofCurrentThread()
{
    // A thread may get another dispatcher: the main thread does with each QCoreApplication.
    static thread_local QPointer<QAbstractEventDispatcher> watched;
    static thread_local std::shared_ptr<EventLoopWatch> watch;

    QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
    if (watch && watched == dispatcher)
        return watch;
    watch = std::make_shared<EventLoopWatch>();
    watched = dispatcher;
    if (dispatcher) {
        QObject::connect(
            dispatcher, &QAbstractEventDispatcher::aboutToBlock, dispatcher, [watch = watch] {
                watch->m_isWaiting = true;
                ++watch->m_turns;
            },
            Qt::DirectConnection);
        QObject::connect(
            dispatcher, &QAbstractEventDispatcher::awake, dispatcher, [watch = watch] {
                watch->m_isWaiting = false;
                ++watch->m_turns;
            },
            Qt::DirectConnection);
    }
    return watch;
}

} // namespace QSeamstressPrivate
