// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OUTSIDE_P_H
#define OUTSIDE_P_H

namespace QSeamstressScheduler {

// Where the next bytes of a descriptor come from. The later ones are stronger if there are several descriptors.
enum class Origin {
    Program,
    // A child process, a server, the other end of a pipe that another process has. Not what may always send something, and is not asked: a
    // display server, a session bus, a terminal, a listening socket, a watched folder.
    Outside,
    Kernel, // which has got them from this program and holds them back
};
Origin originOf(int descriptor);

} // namespace QSeamstressScheduler

#endif // OUTSIDE_P_H
