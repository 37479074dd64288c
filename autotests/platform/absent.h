// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Included before everything else. Makes it an error to use what the C library of this build is supposed to lack.

#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>

// Only glibc has these.
#pragma GCC poison sigabbrev_np __rlimit_resource

#ifdef QSEAMSTRESS_WITHOUT_MEMFD
#undef MFD_ALLOW_SEALING
#undef MFD_CLOEXEC
#undef F_ADD_SEALS
#undef F_SEAL_SHRINK
#pragma GCC poison memfd_create MFD_ALLOW_SEALING MFD_CLOEXEC F_ADD_SEALS F_SEAL_SHRINK
#endif

#ifdef QSEAMSTRESS_WITHOUT_PIDFD
#undef SYS_pidfd_open
#undef SYS_pidfd_send_signal
#pragma GCC poison SYS_pidfd_open SYS_pidfd_send_signal
#endif

#ifdef QSEAMSTRESS_WITHOUT_CLOSE_RANGE
#undef SYS_close_range
#pragma GCC poison SYS_close_range
#endif

#ifdef QSEAMSTRESS_WITHOUT_ON_EXIT
#pragma GCC poison on_exit
#endif
