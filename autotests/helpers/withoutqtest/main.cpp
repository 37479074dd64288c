// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Failures in a program without QTest and without a QCoreApplication. tst_selftests compares the output with the files in
// autotests/meta/selftests.

#include <QSeamstressTest>

#include <cstdio>
#include <stdexcept>

static QSeamstressScript failAtTheEnd()
{
    co_yield "halted";
    throw std::logic_error("cannot end");
}

static void failAtAMacro()
{
    QSEAMSTRESS_THREAD(worker, [] { throw std::runtime_error("cannot begin"); });
    qFatal("The function continued.");
}

static void failInADestructor()
{
    QSEAMSTRESS_THREAD(worker, failAtTheEnd);
}

int main()
{
    failAtAMacro();
    std::puts("returned");
    std::fflush(stdout);
    failInADestructor();
    std::puts("done");
    return 0;
}
