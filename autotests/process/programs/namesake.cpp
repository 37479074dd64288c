// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Part of otherprogram: a script whose name is the same as that of a script in otherprogram.cpp.

#include <QSeamstressProcess>

namespace {
struct HasANamesake
{
    QSeamstressScript operator()() const { co_yield "two"; }
};
} // namespace

void namesNamesake()
{
    QSeamstressProcess process;
    process.setScript(HasANamesake());
}
