// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The library as built for other systems, which CMake links.

#include "reason.h"

const char *const reason = "QSeamstress::Scheduler needs Linux with the GNU C library 2.35 or newer; test with real time on this system";
