// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A Catch2 program that leaves a thread behind.

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#include <catch2/catch_test_macros.hpp>
#else // Catch2 2
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include "scene.h"

TEST_CASE("leaves a thread")
{
    CHECK(Scene::play());
}

int main(int argc, char **argv)
{
    QSeamstress::setFailureHandler([](const QString &message, const char *, int) { FAIL_CHECK(qPrintable(message)); });
    return Catch::Session().run(argc, argv);
}
