// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QSeamstress.Scheduler

Item {
    width: field.width
    height: field.height

    SearchField {
        id: field
        onQuery: text => test.queries.push(text)
    }

    TestCase {
        id: test
        name: "SearchField"
        when: windowShown

        property var queries: []

        //! [test]
        Component {
            id: clocks

            SeamstressClock {
                mode: SeamstressClock.Manual
            }
        }

        function test_asks300MillisecondsAfterTheLastKey() {
            const clock = createTemporaryObject(clocks, test)
            keyClick("q")
            clock.advance(100)
            keyClick("t")
            clock.advance(299) // 399 ms after the first key
            compare(queries, [])
            clock.advance(1)
            compare(queries, ["qt"])
            clock.advance(10000)
            compare(queries, ["qt"])
        }
        //! [test]

        function init() {
            field.clear()
            field.forceActiveFocus()
            queries = []
        }

        function test_asksOnceForEachPause() {
            const clock = createTemporaryObject(clocks, test)
            for (const key of ["q", "t"]) {
                keyClick(key)
                clock.advance(300)
            }
            compare(queries, ["q", "qt"])
        }

        function test_asksAtOnceOnReturn() {
            const clock = createTemporaryObject(clocks, test)
            keyClick("q")
            keyClick(Qt.Key_Return)
            compare(queries, ["q"])
            clock.advance(300)
            compare(queries, ["q"])
        }
    }
}
