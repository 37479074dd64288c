// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A GoogleTest program that enters a process.

#include <QSeamstressTest>

#include <QCoreApplication>

#include <gtest/gtest.h>

TEST(Process, haltsInAnotherProcess)
{
    QSeamstressProcess process([]() -> QSeamstressScript { co_yield QSeamstress::Pause("here", QCoreApplication::applicationPid()); });
    ASSERT_TRUE(process.enter()) << qPrintable(process.errorString());
    EXPECT_EQ(process.pauseValue().toLongLong(), process.processId());
    EXPECT_NE(process.processId(), QCoreApplication::applicationPid());
    EXPECT_TRUE(process.exit()) << qPrintable(process.errorString());
}

int main(int argc, char **argv)
{
    QSeamstress::runIfChild(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    const QCoreApplication application(argc, argv);
    return RUN_ALL_TESTS();
}
