// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EVENTLOOPWATCH_P_H
#define EVENTLOOPWATCH_P_H

#include <QtCore/QtGlobal>

#include <atomic>
#include <memory>

namespace QSeamstressPrivate {

// Knows of one thread whether its event loop runs. May be asked from any thread, and after the thread's end.
class EventLoopWatch
{
public:
    static std::shared_ptr<const EventLoopWatch> ofCurrentThread();

    static bool eventComes(void **); // called by Qt for each event, in the thread of its receiver

    // It waits for events this instant.
    bool isWaiting() const { return m_isWaiting; }
    // How often it has looked for events.
    quint64 turns() const { return m_turns; }

private:
    std::atomic<bool> m_isWaiting = false;
    std::atomic<quint64> m_turns = 0;
};

} // namespace QSeamstressPrivate

#endif // EVENTLOOPWATCH_P_H
