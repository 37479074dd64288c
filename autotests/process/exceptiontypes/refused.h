// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Two source files each register a class Refused of their anonymous namespace, as tests have them; a third file does not register its own.

#ifndef REFUSED_H
#define REFUSED_H

#include <exception>

std::exception_ptr refusedElsewhere();
std::exception_ptr refusedAndUnknown();

// Known by a function that nothing calls.
class NamedInUnusedFunction;
std::exception_ptr namedInUnusedFunction();

#endif // REFUSED_H
