// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Test functions that fail, skip or throw with the script in each phase. After each of them, nothing is left.

#include <QSeamstressTest>

#include <QMetaEnum>
#include <QTest>
#include <QThread>

#include <atomic>
#include <stdexcept>

#include "../holder.h"

using Phase = QSeamstressExecutor::Phase;

class FailingPhases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodyFails_data() { addPhases(); }
    void bodyFails();
    void bodySkips_data() { addPhases(); }
    void bodySkips();
    void bodyThrows_data() { addPhases(); }
    void bodyThrows();
    void cleanup();

private:
    static void addPhases();
};

void FailingPhases::addPhases()
{
    QTest::addColumn<Phase>("phase");
    const auto phases = QMetaEnum::fromType<Phase>();
    for (int i = 0; i < phases.keyCount(); ++i)
        QTest::newRow(phases.key(i)) << Phase(phases.value(i));
}

static bool isOnItsWay(Phase phase)
{
    return phase == QSeamstressExecutor::SettingUp || phase == QSeamstressExecutor::Running || phase == QSeamstressExecutor::TearingDown;
}

static std::atomic<bool> wasInterrupted = false;

void FailingPhases::cleanup()
{
    QVERIFY(nothingIsHeld());
    QFETCH(const Phase, phase);
    QCOMPARE(wasInterrupted, isOnItsWay(phase));
    wasInterrupted = false;
}

// A script that is brought into the phase of the row. A script that runs continues until the destructor interrupts it.
class Script
{
public:
    Script()
    {
        QFETCH(const Phase, phase);
        m_phase = phase;
        if (isOnItsWay(phase))
            m_thread.setTimeout(0); // the destructor waits this long before it interrupts
        if (phase == QSeamstressExecutor::SettingUp)
            m_thread.start();
        else if (phase != QSeamstressExecutor::Idle)
            isThere = m_thread.enter();
        if (phase == QSeamstressExecutor::Running)
            m_thread.resume();
        if (phase == QSeamstressExecutor::TearingDown)
            m_thread.finish();
        if (phase == QSeamstressExecutor::Finished)
            isThere = m_thread.exit();
        if (phase == QSeamstressExecutor::Failed)
            isThere = !m_thread.exit();
        isThere = isThere && m_thread.phase() == phase;
    }

    bool isThere = true;

private:
    static void loopUntilInterrupted()
    {
        while (!QThread::currentThread()->isInterruptionRequested())
            QThread::yieldCurrentThread();
        wasInterrupted = true;
    }

    Phase m_phase = QSeamstressExecutor::Idle;
    QSeamstressThread m_thread{ [this]() -> QSeamstressScript {
        const Holder holder;
        if (m_phase == QSeamstressExecutor::SettingUp)
            loopUntilInterrupted();
        co_yield "a";
        if (m_phase == QSeamstressExecutor::Running || m_phase == QSeamstressExecutor::TearingDown)
            loopUntilInterrupted();
        if (m_phase == QSeamstressExecutor::Failed)
            throw std::runtime_error("on purpose");
        co_yield "b";
    } };
};

void FailingPhases::bodyFails()
{
    const Script script;
    QVERIFY(script.isThere);
    QFAIL("of the body");
}

void FailingPhases::bodySkips()
{
    const Script script;
    QVERIFY(script.isThere);
    QSKIP("by the body");
}

void FailingPhases::bodyThrows()
{
    const auto body = [] {
        const Script script;
        QVERIFY(script.isThere);
        throw std::runtime_error("of the body");
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, body());
}

QTEST_GUILESS_MAIN(FailingPhases)
#include "main.moc"
