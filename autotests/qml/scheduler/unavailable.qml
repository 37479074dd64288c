// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress.Scheduler

// Virtual time is not available in a program that does not link the Scheduler, and on other systems. Nothing waits for it there, and each
// call says why.
TestCase {
    id: test
    name: "Unavailable"

    Component {
        id: clocks

        SeamstressClock {
            mode: SeamstressClock.Manual
        }
    }

    function verifyThrows(call) {
        let text = "";
        try {
            call();
        } catch (error) {
            text = error.message;
        }
        verify(/^Virtual time is not available: (clock_gettime\(\) is that of .*LD_PRELOAD|QSeamstress::Scheduler needs Linux )/.test(text), text);
    }

    function test_cannotBeCreated() {
        verifyThrows(() => clocks.createObject(test));
    }

    function test_cannotRun() {
        const clock = createTemporaryObject(clocks, test, { running: false });
        verifyThrows(() => clock.running = true);
        verify(!clock.running);
        compare(clock.elapsed, 0);
        for (const call of [() => clock.advance(10), () => clock.settle(), () => clock.advanceToNext(), () => clock.advanceUntilIdle(10), () => clock.setDateTime(new Date())])
            verifyThrows(call);
        clock.running = false;
    }
}
