// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Each test function fails at a macro. tst_selftests compares the output with the files in autotests/meta/selftests.

#include <QSeamstressTest>

#include <QScopeGuard>
#include <QTest>

#include <stdexcept>

#include "../holder.h"

class FailingVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void enterThrows();
    void enterFailsToSetUp();
    void enterTimesOut();
    void advanceNeverPauses();
    void advanceTimesOut();
    void runToNeverComes();
    void runToIsBlocked();
    void exitFailsToTearDown();
    void exitTimesOut();
    void misusedVerb();
    void errorOfSeveralLines();
    void executorDeletedInASlot();
    void nothingIsLeft();
};

void FailingVerbs::enterThrows()
{
    QSeamstressThread hogger([] {
        const Holder holder;
        throw std::runtime_error("the lock is broken");
    });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_ENTER(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::enterFailsToSetUp()
{
    QSeamstressThread hogger([] { return false; });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_ENTER(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::enterTimesOut()
{
    QSeamstressThread hogger([] { return Holder(); });
    hogger.setObjectName("hogger");
    hogger.setPauseTimeout(1);
    sharedLock.lock();
    const auto unlock = qScopeGuard([] { sharedLock.unlock(); });
    QSEAMSTRESS_ENTER(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::advanceNeverPauses()
{
    QSeamstressThread hogger([]() -> QSeamstressScript {
        const Holder holder;
        co_yield "locked";
    });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_ENTER(hogger);
    QSEAMSTRESS_ADVANCE(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::advanceTimesOut()
{
    QSeamstressThread hogger([]() -> QSeamstressScript {
        for (int i = 0; i < 3; ++i)
            co_yield "begun";
        co_yield "ready";
        const Holder holder;
        co_yield "locked";
    });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_RUN_TO(hogger, "ready");
    hogger.setPauseTimeout(1);
    sharedLock.lock();
    const auto unlock = qScopeGuard([] { sharedLock.unlock(); });
    QSEAMSTRESS_ADVANCE(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::runToNeverComes()
{
    QSeamstressThread hogger([]() -> QSeamstressScript {
        const Holder holder;
        co_yield "locked";
        co_yield QSeamstress::Pause();
        co_yield "written";
    });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_RUN_TO(hogger, "unlocked");
    qFatal("The test continued.");
}

void FailingVerbs::runToIsBlocked()
{
    QSeamstressThread waiter([]() -> QSeamstressScript {
        const Holder holder;
        co_yield "locked";
    });
    waiter.setObjectName("waiter");
    sharedLock.lock();
    const auto unlock = qScopeGuard([] { sharedLock.unlock(); });
    waiter.start();
    QVERIFY(waiter.waitForBlockedOn(&sharedLock));
    waiter.setPauseTimeout(1);
    QSEAMSTRESS_RUN_TO(waiter, "locked");
    qFatal("The test continued.");
}

void FailingVerbs::exitFailsToTearDown()
{
    QSeamstressThread hogger([]() -> QSeamstressScript {
        {
            const Holder holder;
            co_yield "locked";
        }
        throw std::logic_error("unlocked twice");
    });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_ENTER(hogger);
    QSEAMSTRESS_EXIT(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::exitTimesOut()
{
    QSeamstressThread hogger([]() -> QSeamstressScript {
        co_yield "ready";
        const Holder holder;
    });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_ENTER(hogger);
    hogger.setTimeout(1);
    sharedLock.lock();
    const auto unlock = qScopeGuard([] { sharedLock.unlock(); });
    QSEAMSTRESS_EXIT(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::misusedVerb()
{
    QSeamstressThread hogger([] { return Holder(); });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_ADVANCE(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::errorOfSeveralLines()
{
    QSeamstressThread hogger([] { throw std::runtime_error("first line\nsecond line\n\nlast line, with \"quotes\" and 100 %s"); });
    hogger.setObjectName("hogger");
    QSEAMSTRESS_ENTER(hogger);
    qFatal("The test continued.");
}

void FailingVerbs::executorDeletedInASlot()
{
    auto *hogger = new QSeamstressThread([] { return Holder(); });
    hogger->setObjectName("hogger");
    connect(hogger, &QSeamstressExecutor::paused, this, [hogger] { delete hogger; });
    QSEAMSTRESS_ENTER(*hogger);
    qFatal("The test continued.");
}

void FailingVerbs::nothingIsLeft()
{
    QVERIFY(nothingIsHeld());
}

QTEST_GUILESS_MAIN(FailingVerbs)
#include "main.moc"
