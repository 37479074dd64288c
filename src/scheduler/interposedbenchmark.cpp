// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// QBENCHMARK runs its body again and again until enough time has passed, which in virtual time would be never. The test program asks a
// function of Qt Test whether to run it once more: this one asks that function.

#include <QtCore/QByteArray>
#include <QtTest/qtestcase.h>

#include <dlfcn.h>

#include "virtualtime_p.h"

namespace QSeamstressScheduler {

// The test whose QBENCHMARK runs. The loop may be left by a failure, which nobody tells.
static QByteArray benchmarkedTest;

static QByteArray currentTest()
{
    return QByteArray(QTest::currentTestFunction()) + ':' + QByteArray(QTest::currentDataTag());
}

bool isInBenchmark()
{
    return !benchmarkedTest.isEmpty() && benchmarkedTest == currentTest();
}

static bool isDone(const char *name, const void *loop)
{
    using Function = bool (*)(const void *);
    const auto function = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
    if (Clocks::isVirtual()) {
        VirtualTime::instance().troubles().add(QStringLiteral("QBENCHMARK measures, which needs real time, but a QSeamstressClock is alive. Destroy the clock before."));
        return true;
    }
    const bool is = function(loop);
    benchmarkedTest = is ? QByteArray() : currentTest();
    return is;
}

} // namespace QSeamstressScheduler

// QBenchmarkIterationController::isDone(), which has become a const function in later versions of Qt. By its symbol, so that it need not be
// the one of these headers.
#define QSEAMSTRESS_IS_DONE(function, symbol) \
    extern "C" __attribute__((visibility("default"))) bool function(const void *loop) asm(symbol); \
    extern "C" bool function(const void *loop) { return QSeamstressScheduler::isDone(symbol, loop); }
QSEAMSTRESS_IS_DONE(qseamstress_is_done, "_ZN5QTest29QBenchmarkIterationController6isDoneEv")
QSEAMSTRESS_IS_DONE(qseamstress_is_done_const, "_ZNK5QTest29QBenchmarkIterationController6isDoneEv")
