// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The C library comes first in the order of linking, for which CMake takes care.

#include "reason.h"

const char *const reason = "clock_gettime() is that of libc.so.6; link QSeamstress::Scheduler to the program itself, before the C library, or preload it (LD_PRELOAD=libQSeamstressScheduler.so)";
