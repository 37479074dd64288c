// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EVENTLOOPWATCH_P_H
#define EVENTLOOPWATCH_P_H

#include <QtCore/QtGlobal>

#include <atomic>
#include <memory>

#include "whereabouts_p.h"

namespace QSeamstressPrivate {

// Knows whether one thread is waiting in its event loop. Can be used from any thread, even after the watched thread has ended.
class EventLoopWatch
{
public:
    static std::shared_ptr<const EventLoopWatch> ofCurrentThread();
    // From now on, whereabouts.waitsForEvents reflects the current thread, until the thread ends or calls this again.
    static void tellOfCurrentThread(Whereabouts &whereabouts);

    static bool eventComes(void **); // called by Qt for each event, in the receiver's thread

    // Whether the thread is waiting for events now.
    bool isWaiting() const { return m_whereabouts.load()->waitsForEvents != 0; }
    // How often the thread has checked for events.
    quint64 turns() const { return m_turns; }
    // How many events objects of the thread have received.
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
