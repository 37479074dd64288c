// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// An object that is destroyed while its thread is still running.

#include <QSeamstressTest>

#include <QTest>

#include <memory>

#include "loader.h"

class TestDestroyedWhileItWorks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsTheProgram();
    void curedOneWaits();
};

// Runs in a child process, since it aborts.
static void destroyWhileItLoads()
{
    QSeamstressBreakpoint loading("loading");
    auto loader = std::make_unique<HastyLoader>();
    loader->start();
    if (loading.waitForHit())
        loader.reset();
}

void TestDestroyedWhileItWorks::endsTheProgram()
{
    QSeamstressProcess process(destroyWhileItLoads);
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), QSeamstressError::Crashed);
    QVERIFY2(process.errorString().contains("QThread: Destroyed while thread"), qPrintable(process.errorString()));
}

void TestDestroyedWhileItWorks::curedOneWaits()
{
    auto loader = std::make_unique<Loader>();
    QSeamstressBreakpoint loading("loading");
    loader->start();
    QSEAMSTRESS_WAIT_FOR_HIT(loading);
    QSeamstressThread owner([&loader] { loader.reset(); });
    owner.start();
    if (QSeamstressThread::isActivityAvailable())
        QVERIFY2(owner.waitForBlocked(), qPrintable(owner.errorString())); // in the destructor
    loading.resume();
    QVERIFY2(owner.exit(), qPrintable(owner.errorString()));
}

QTEST_GUILESS_MAIN(TestDestroyedWhileItWorks)
#include "tst_destroyedwhileitworks.moc"
