// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// QSeamstress with Catch2. The tests with the tag [.fails] fail on purpose. To see their output: ./catch2_contestedlock "[.fails]"

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#include <catch2/catch_test_macros.hpp>
#else // Catch2 2
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include <QSeamstressTest>

#include <stdexcept>

#include "payindividual.h"

TEST_CASE("refuses while another thread pays")
{
    QSEAMSTRESS_THREAD(hogger, &payIndividualLock);
    CHECK_THROWS_AS(payIndividual("alice"), AlreadyPayingIndividual);
    QSEAMSTRESS_EXIT(hogger);
    CHECK_NOTHROW(payIndividual("alice"));
}

TEST_CASE("fails with the script", "[.fails]")
{
    QSEAMSTRESS_THREAD(hogger, [] { throw std::runtime_error("no lock today"); });
    FAIL("not reached");
}

TEST_CASE("fails at its end", "[.fails]")
{
    QSEAMSTRESS_THREAD(hogger, []() -> QSeamstressScript {
        co_yield "halted";
        throw std::runtime_error("no unlock either");
    });
}

//! [main]
int main(int argc, char **argv)
{
    QSeamstress::setFailureHandler([](const QString &message, const char *file, int line) {
        FAIL_CHECK((file ? file : "a destructor") << ":" << line << ": " << message.toStdString()); // does not throw
    });
    return Catch::Session().run(argc, argv);
}
//! [main]
