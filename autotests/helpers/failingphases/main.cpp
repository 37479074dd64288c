// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Test functions that fail, skip or throw, with the script in each phase. After each, nothing is left.

#include <QSeamstressTest>

#include <QMetaEnum>
#include <QTest>

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
    void cleanup() { QVERIFY(nothingIsHeld()); }

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

// A script that is brought into the phase of the row.
class Script
{
public:
    Script()
    {
        QFETCH(const Phase, phase);
        m_throws = phase == QSeamstressExecutor::Failed;
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
    bool m_throws = false;
    QSeamstressThread m_thread{ [this]() -> QSeamstressScript {
        const Holder holder;
        co_yield "a";
        if (m_throws)
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
