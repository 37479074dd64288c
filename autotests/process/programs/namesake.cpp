// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Of otherprogram.cpp: a script that is called as another one there.

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
