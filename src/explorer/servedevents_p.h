// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SERVEDEVENTS_P_H
#define SERVEDEVENTS_P_H

#include <atomic>
#include <memory>

#include "../base/eventloopwatch_p.h"

namespace QSeamstressPrivate {

// The events of the explorer's thread, for which a script may wait.
class ServedEvents
{
public:
    void begin() { m_eventLoop = EventLoopWatch::ofCurrentThread(); } // the thread may have got an event loop since

    // Queued calls to objects of this thread, and deleteLater(). False if there was none.
    bool deliverPosted();
    // Also what else comes, such as a timer. False if nothing came.
    bool runEventLoop();

    // 0 while none is delivered; else another number for each time. Any thread may look.
    const std::atomic<quint64> &serving() const { return m_serving; }

private:
    template <class Function>
    bool serve(Function deliver);

    std::shared_ptr<const EventLoopWatch> m_eventLoop;
    quint64 m_servings = 0;
    std::atomic<quint64> m_serving = 0;
};

} // namespace QSeamstressPrivate

#endif // SERVEDEVENTS_P_H
