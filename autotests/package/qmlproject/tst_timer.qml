// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress.Scheduler

TestCase {
    id: test
    name: "Timer"

    property int count: 0

    Component {
        id: clocks
        SeamstressClock {
            mode: SeamstressClock.Manual
        }
    }

    Timer {
        id: timer
        interval: 100
        onTriggered: ++test.count
    }

    function test_expires() {
        const clock = createTemporaryObject(clocks, test)
        timer.start()
        clock.advance(99)
        compare(count, 0)
        clock.advance(1)
        compare(count, 1)
    }
}
