// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress.Scheduler

// A test that has to fail: it waits where nobody can advance the clock, and does not check for errors.
TestCase {
    id: test
    name: "Unseen"

    Component {
        id: clocks

        SeamstressClock {
            mode: SeamstressClock.Manual
            timeout: 20
        }
    }

    function test_waits() {
        createTemporaryObject(clocks, test);
        wait(10);
    }

    function test_withoutAClock() {
    }
}
