// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A GoogleTest program that leaves a thread behind.

#include "scene.h"

#include <gtest/gtest.h>

TEST(Exit, leavesAThread)
{
    EXPECT_TRUE(Scene::play());
}

int main(int argc, char **argv)
{
    testing::InitGoogleTest(&argc, argv);
    QSeamstress::setFailureHandler([](const QString &message, const char *file, int line) { ADD_FAILURE_AT(file ? file : "a destructor", line) << qPrintable(message); });
    return RUN_ALL_TESTS();
}
