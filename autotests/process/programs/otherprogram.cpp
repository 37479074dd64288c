// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program that is not a test, with scripts for a test in another program. Its only task is to create its QCoreApplication.

#include <QCoreApplication>

#include "otherscripts.h"

QString nameOfThisProgram()
{
    return QStringLiteral("other program");
}

namespace {
struct HasANamesake
{
    QSeamstressScript operator()() const { co_yield "one"; }
};
} // namespace

static QSeamstressScript function()
{
    co_yield "of another program";
}

// Nothing calls it: its existence alone registers the scripts.
void namesScripts()
{
    QSeamstressProcess process;
    process.setScript(TellsItsProgram(), QString());
    process.setScript(HasANamesake());
    process.setScript(&function); // has the same type as a function in the test
    QSeamstressProcess::registerConfig<ThrowsItsProgram>();
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return EXIT_FAILURE;
}
