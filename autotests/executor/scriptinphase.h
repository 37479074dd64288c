// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTINPHASE_H
#define SCRIPTINPHASE_H

#include "executorundertest.h"

#include <stdexcept>

// A script with two pause points, a and b, and a door before each. Its executor can be brought into any phase.
class ScriptInPhase
{
public:
    Door door;
    Flag passes; // the script skips its pause points, as if it had none
    Flag throws;
    Executor executor;

    ScriptInPhase() { setScript(executor, &script, door, passes, throws); }

    // False if that fails.
    bool bringInto(QSeamstressExecutor::Phase phase)
    {
        executor.setObjectName("script");
        const bool fails = phase == QSeamstressExecutor::Failed;
        throws.set(fails);
        if (phase == QSeamstressExecutor::SettingUp)
            executor.start();
        if (phase != QSeamstressExecutor::SettingUp && phase != QSeamstressExecutor::Idle) {
            door.open();
            if (executor.enter() == fails)
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
        throws.set(false);
        return executor.phase() == phase;
    }

    ~ScriptInPhase() { door.openForGood(); }

private:
    static QSeamstressScript script(Door door, Flag passes, Flag throws)
    {
        co_await door.pass();
        if (throws.isSet())
            throw std::runtime_error("on purpose");
        if (!passes.isSet())
            co_yield "a";
        co_await door.pass();
        if (!passes.isSet())
            co_yield "b";
    }
};

#endif // SCRIPTINPHASE_H
