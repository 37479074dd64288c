// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "servedevents_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>

namespace QSeamstressPrivate {

template <class Function>
bool ServedEvents::serve(Function deliver)
{
    if (!QCoreApplication::instance())
        return false;
    const quint64 before = m_eventLoop->events();
    m_serving = ++m_servings;
    deliver();
    m_serving = 0;
    return m_eventLoop->events() != before;
}

static void deliverPostedEvents()
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

bool ServedEvents::deliverPosted()
{
    return serve(&deliverPostedEvents);
}

bool ServedEvents::runEventLoop()
{
    return serve([] {
        deliverPostedEvents();
        QCoreApplication::processEvents();
    });
}

} // namespace QSeamstressPrivate
