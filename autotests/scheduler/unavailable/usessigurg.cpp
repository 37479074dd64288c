// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The program handles the signal with which virtual time ends waits.

#include "reason.h"

#include <csignal>

const char *const reason = "the program handles SIGURG, with which virtual time ends waits; use another signal";

static const auto before = std::signal(SIGURG, [](int) { });
