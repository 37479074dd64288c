// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LIBRARY_H
#define LIBRARY_H

#include <QtGlobal>

#include <chrono>

// What time it is for a library that knows nothing of QSeamstress.
Q_DECL_IMPORT std::chrono::steady_clock::time_point timeInLibrary();

#endif // LIBRARY_H
