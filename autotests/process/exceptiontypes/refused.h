// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Two source files each register a class Refused in their anonymous namespace, as tests may do. A third file does not register its own.

#ifndef REFUSED_H
#define REFUSED_H

#include <exception>

std::exception_ptr refusedElsewhere();
std::exception_ptr refusedAndUnknown();

// Registered by a function that nothing calls.
class NamedInUnusedFunction;
std::exception_ptr namedInUnusedFunction();

#endif // REFUSED_H
