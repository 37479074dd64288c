// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef IDLEEVENTLOOP_P_H
#define IDLEEVENTLOOP_P_H

namespace QSeamstressPrivate {

// What may come to an event loop that no other thread of the process sends. What is read from a socket comes by a descriptor.
enum class GoesOnBy { Timers,
                      TimersAndDescriptors };
// Whether that may come to the event loop of this thread. Processes events.
bool doesEventLoopGoOnByItself(GoesOnBy what);

} // namespace QSeamstressPrivate

#endif // IDLEEVENTLOOP_P_H
