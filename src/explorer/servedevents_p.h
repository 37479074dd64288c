// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SERVEDEVENTS_P_H
#define SERVEDEVENTS_P_H

#include <QtCore/QtGlobal>

#include <atomic>

namespace QSeamstressPrivate {

// The events of the explorer's thread, for which a script may wait.
class ServedEvents
{
public:
    enum Which { Posted, // queued calls to objects of this thread, and deleteLater()
                 All }; // also what else comes, such as a timer
    // False if none came.
    bool deliver(Which which);

    // 0 while none is delivered; else another number for each time. Any thread may look.
    const std::atomic<quint64> &serving() const { return m_serving; }

private:
    quint64 m_servings = 0;
    std::atomic<quint64> m_serving = 0;
};

// What may come to an event loop that no other thread of the process sends. What is read from a socket comes by a descriptor.
enum class GoesOnBy { Timers,
                      TimersAndDescriptors };
// Whether that may come to the event loop of this thread. Processes events.
bool doesEventLoopGoOnByItself(GoesOnBy what);

} // namespace QSeamstressPrivate

#endif // SERVEDEVENTS_P_H
