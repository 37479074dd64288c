// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EVENTLOOPWATCH_P_H
#define EVENTLOOPWATCH_P_H

#include <QtCore/QtGlobal>

#include <atomic>
#include <memory>

#include "whereabouts_p.h"

namespace QSeamstressPrivate {

// Knows of one thread whether its event loop runs. May be asked from any thread, and after the thread's end.
class EventLoopWatch
{
public:
    static std::shared_ptr<const EventLoopWatch> ofCurrentThread();
    // From now on whereabouts.waitsForEvents tells it of the current thread, to its end or the next call.
    static void tellOfCurrentThread(Whereabouts &whereabouts);

    static bool eventComes(void **); // called by Qt for each event, in the thread of its receiver

    // It waits for events this instant.
    bool isWaiting() const { return m_whereabouts.load()->waitsForEvents != 0; }
    // How often it has looked for events.
    quint64 turns() const { return m_turns; }
    // How many events have come to objects of the thread.
    quint64 events() const { return m_events; }

private:
    void setWaiting(bool isWaiting) { m_whereabouts.load()->waitsForEvents = isWaiting; }

    Whereabouts m_own;
    std::atomic<Whereabouts *> m_whereabouts = &m_own;
    std::atomic<quint64> m_turns = 0;
    std::atomic<quint64> m_events = 0;
};

} // namespace QSeamstressPrivate

#endif // EVENTLOOPWATCH_P_H
