// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// QSeamstress with GoogleTest. Tests whose name begins with DISABLED_ fail on purpose. To see their output:
// ./googletest_contestedlock --gtest_also_run_disabled_tests

#include <QSeamstressTest>

#include <gtest/gtest.h>

#include <stdexcept>

#include "payindividual.h"

TEST(ContestedLock, refusesWhileAnotherThreadPays)
{
    QSEAMSTRESS_THREAD(hogger, &payIndividualLock);
    EXPECT_THROW(payIndividual("alice"), AlreadyPayingIndividual);
    QSEAMSTRESS_EXIT(hogger);
    EXPECT_NO_THROW(payIndividual("alice"));
}

TEST(ContestedLock, DISABLED_failsWithTheScript)
{
    QSEAMSTRESS_THREAD(hogger, [] { throw std::runtime_error("no lock today"); });
    FAIL() << "not reached";
}

TEST(ContestedLock, DISABLED_failsAtItsEnd)
{
    QSEAMSTRESS_THREAD(hogger, []() -> QSeamstressScript {
        co_yield "halted";
        throw std::runtime_error("no unlock either");
    });
}

//! [main]
int main(int argc, char **argv)
{
    testing::InitGoogleTest(&argc, argv);
    QSeamstress::setFailureHandler([](const QString &message, const char *file, int line) {
        ADD_FAILURE_AT(file ? file : "a destructor", line) << message.toStdString();
    });
    return RUN_ALL_TESTS();
}
//! [main]
