// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTINPHASE_H
#define SCRIPTINPHASE_H

#include "executorundertest.h"

#include <stdexcept>

// A script of two pause points, a and b, with a door before each, and an executor that can be brought into any phase.
class ScriptInPhase
{
public:
    Door door;
    bool halts = true;
    bool throws = false;
    Executor executor{ [this]() -> QSeamstressScript {
        co_await door.pass();
        if (throws)
            throw std::runtime_error("on purpose");
        if (halts)
            co_yield "a";
        co_await door.pass();
        if (halts)
            co_yield "b";
    } };

    // False if it could not be done.
    bool bringInto(QSeamstressExecutor::Phase phase)
    {
        executor.setObjectName("script");
        throws = phase == QSeamstressExecutor::Failed;
        if (phase == QSeamstressExecutor::SettingUp)
            executor.start();
        if (phase != QSeamstressExecutor::SettingUp && phase != QSeamstressExecutor::Idle) {
            door.open();
            if (executor.enter() == throws)
                return false;
        }
        if (phase == QSeamstressExecutor::Running)
            executor.resume();
        if (phase == QSeamstressExecutor::TearingDown)
            executor.finish();
        if (phase == QSeamstressExecutor::Finished) {
            door.open();
            if (!executor.exit())
                return false;
        }
        throws = false;
        return executor.phase() == phase;
    }

    ~ScriptInPhase() { door.openForGood(); }
};

#endif // SCRIPTINPHASE_H
