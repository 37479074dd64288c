// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef REASON_H
#define REASON_H

// Why virtual time is not available in this program. One file of this folder defines it, and takes care that it is so.
extern const char *const reason;

#endif // REASON_H
