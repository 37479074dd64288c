// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SOCKETS_P_H
#define SOCKETS_P_H

#include <sys/types.h>

#include "outside_p.h"

namespace QSeamstressScheduler {

bool isListening(int socket);
Origin originOfLocalSocket(int descriptor, ino_t inode);
Origin originOfInternetSocket(int descriptor);

} // namespace QSeamstressScheduler

#endif // SOCKETS_P_H
