// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program that a test starts. It uses nothing of QSeamstress except this config.

#include <QSeamstressProcess>

#include "greeter.h"

void makeKnown()
{
    QSeamstressProcess::registerConfig<Greeter>();
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    return EXIT_FAILURE; // a child process does not get here
}
