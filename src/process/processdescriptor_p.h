// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Process file descriptors (pidfd) of Linux. An operation on a pidfd never affects a later process with the same ID.

#ifndef PROCESSDESCRIPTOR_P_H
#define PROCESSDESCRIPTOR_P_H

#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "../base/descriptor_p.h"

namespace QSeamstressPrivate {

#ifdef QSEAMSTRESS_WITHOUT_PIDFD
inline Descriptor openProcess(pid_t)
{
    return {};
}

inline void killProcess(const Descriptor &)
{
}
#else
inline Descriptor openProcess(pid_t process)
{
    return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, process, 0U)));
}

inline void killProcess(const Descriptor &process)
{
    ::syscall(SYS_pidfd_send_signal, process.number(), SIGKILL, nullptr, 0U);
}
#endif

// Waits up to that long, -1: forever. A pidfd becomes readable when its process ends.
inline bool isReadable(const Descriptor &descriptor, int milliseconds)
{
    pollfd polled{ descriptor.number(), POLLIN, 0 };
    int count = 0;
    do {
        count = ::poll(&polled, 1, milliseconds);
    } while (count < 0 && errno == EINTR);
    return count > 0;
}

} // namespace QSeamstressPrivate

#endif // PROCESSDESCRIPTOR_P_H
