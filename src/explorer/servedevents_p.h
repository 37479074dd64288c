// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SERVEDEVENTS_P_H
#define SERVEDEVENTS_P_H

#include <QtCore/QtGlobal>

#include <atomic>

namespace QSeamstressPrivate {

// Delivers events in the explorer's thread while a script may be waiting for them.
class ServedEvents
{
public:
    enum Which { Posted, // queued calls to objects of this thread, and deleteLater()
                 All }; // also all others, such as timers
    // False if there were none.
    bool deliver(Which which);

    // 0 while no events are delivered, otherwise a new number for each call. Can be read by any thread.
    const std::atomic<quint64> &serving() const { return m_serving; }

private:
    quint64 m_servings = 0;
    std::atomic<quint64> m_serving = 0;
};

// What can wake up an event loop without another thread of the process. Sockets are descriptors.
enum class GoesOnBy { Timers,
                      TimersAndDescriptors };
// Whether one of these can wake up the event loop of this thread. Processes events.
bool doesEventLoopGoOnByItself(GoesOnBy what);

} // namespace QSeamstressPrivate

#endif // SERVEDEVENTS_P_H
