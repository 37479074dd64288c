// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress.Scheduler

// A test that has to fail: the program does not link the Scheduler.
TestCase {
    name: "Unavailable"

    SeamstressClock {
        id: clock
    }

    function test_onlyWaits() {
        wait(50);
    }

    function test_thenAdvances() {
        clock.advance(10);
    }
}
