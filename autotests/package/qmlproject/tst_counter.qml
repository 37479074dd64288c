// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress

TestCase {
    id: test
    name: "Counter"

    property int count: 0

    SeamstressTask {
        id: counter
        script: function* () {
            ++test.count
            yield "counted"
            ++test.count
        }
    }

    function test_isHaltedHalfWay() {
        verify(counter.enter(), counter.errorString)
        compare(count, 1)
        verify(counter.exit(), counter.errorString)
        compare(count, 2)
    }
}
