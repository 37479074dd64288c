// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program that is no test, with scripts for a test in another program. It is never asked to do more than to make its QCoreApplication.

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

// Nobody calls it: that it is there makes the scripts known.
void namesScripts()
{
    QSeamstressProcess process;
    process.setScript(TellsItsProgram(), QString());
    process.setScript(HasANamesake());
    process.setScript(&function); // has the type of one in the test
    QSeamstressProcess::registerConfig<ThrowsItsProgram>();
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return EXIT_FAILURE;
}
