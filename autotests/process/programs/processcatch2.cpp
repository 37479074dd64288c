// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A Catch2 program that enters a process.

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#include <catch2/catch_test_macros.hpp>
#else // Catch2 2
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include <QSeamstressTest>

#include <QCoreApplication>

TEST_CASE("halts in another process")
{
    QSeamstressProcess process([]() -> QSeamstressScript { co_yield QSeamstress::Pause("here", QCoreApplication::applicationPid()); });
    REQUIRE(process.enter());
    CHECK(process.pauseValue().toLongLong() == process.processId());
    CHECK(process.processId() != QCoreApplication::applicationPid());
    CHECK(process.exit());
}

int main(int argc, char **argv)
{
    QSeamstress::runIfChild(argc, argv);
    const QCoreApplication application(argc, argv);
    return Catch::Session().run(argc, argv);
}
