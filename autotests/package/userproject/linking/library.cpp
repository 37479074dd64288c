// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "library.h"

Q_DECL_EXPORT std::chrono::steady_clock::time_point timeInLibrary()
{
    return std::chrono::steady_clock::now();
}
