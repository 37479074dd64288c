// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTS_P_H
#define SCRIPTS_P_H

#include <QtCore/QtGlobal>

#include <bit>

namespace QSeamstressPrivate {

// A set of scripts: bit i is the i-th.
using Scripts = quint64;
inline constexpr int maximumScripts = 64;
inline constexpr Scripts setOf(int script)
{
    return Scripts(1) << script;
}
inline constexpr Scripts allOf(int count) // from 1
{
    return ~Scripts(0) >> (maximumScripts - count);
}

template <class Function>
void forEach(Scripts scripts, Function function)
{
    for (; scripts != 0; scripts &= scripts - 1)
        function(std::countr_zero(scripts));
}

// The scripts for which isOne(script) returns true.
template <class Predicate>
Scripts filter(Scripts scripts, Predicate isOne)
{
    Scripts filtered = 0;
    forEach(scripts, [&](int script) { filtered |= isOne(script) ? setOf(script) : 0; });
    return filtered;
}

} // namespace QSeamstressPrivate

#endif // SCRIPTS_P_H
