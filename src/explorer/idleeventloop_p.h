// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef IDLEEVENTLOOP_P_H
#define IDLEEVENTLOOP_P_H

namespace QSeamstressPrivate {

// Whether something may come to the event loop of this thread that no other thread of the process sends: a timer, or what is
// read from a socket. Processes events.
bool doesEventLoopGoOnByItself();

} // namespace QSeamstressPrivate

#endif // IDLEEVENTLOOP_P_H
