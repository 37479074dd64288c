// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QSeamstress.Scheduler

// What has a time in Qt Quick is exact in virtual time, in both modes.
TestCase {
    id: test
    name: "Times"

    property SeamstressClock clock: null
    property var log: []

    Component {
        id: clocks
        SeamstressClock { }
    }

    function init_data() {
        return [
            { tag: "automatic", mode: SeamstressClock.Automatic },
            { tag: "manual", mode: SeamstressClock.Manual }
        ];
    }

    function begin(row) {
        clock = createTemporaryObject(clocks, test, { mode: row.mode });
        log = [];
    }

    // Lets that many milliseconds pass, and what is due at their end happen.
    function pass(milliseconds) {
        if (clock.mode === SeamstressClock.Manual) {
            clock.advance(milliseconds);
        } else {
            wait(milliseconds);
            clock.settle(); // wait(0) handles only a part of the events from Qt 6.8 on
        }
    }

    Timer {
        id: once
        interval: 100
        onTriggered: test.log.push(test.clock.elapsed)
    }

    function test_timer(row) {
        begin(row);
        once.start();
        pass(99);
        compare(log, []);
        verify(once.running);
        pass(1);
        compare(log, [100]);
        verify(!once.running);
        compare(clock.elapsed, 100);
    }

    function test_restartedTimer(row) {
        begin(row);
        once.start();
        pass(99);
        once.restart();
        pass(99);
        compare(log, []);
        pass(1);
        compare(log.length, 1);
        compare(clock.elapsed, 199);
    }

    Timer {
        id: repeating
        interval: 100
        repeat: true
        onTriggered: test.log.push(test.clock.elapsed)
    }

    function test_repeatingTimer(row) {
        begin(row);
        repeating.start();
        pass(500);
        repeating.stop();
        pass(500);
        compare(log, [100, 200, 300, 400, 500]);
    }

    Item {
        id: moving

        property real height2: 0

        Behavior on height2 {
            NumberAnimation {
                duration: 160
            }
        }
    }

    NumberAnimation {
        id: movement
        target: moving
        property: "x"
        from: 0
        to: 1600
        duration: 1600
        onFinished: test.log.push(test.clock.elapsed)
    }

    // Animations move every 16 ms. A test that waits looks every 10 ms, so both are at the same place every 80 ms.
    function test_numberAnimation(row) {
        begin(row);
        movement.start();
        for (let place = 80; place < 1600; place += 80) {
            pass(80);
            compare(moving.x, place);
        }
        pass(79);
        verify(movement.running);
        pass(1);
        verify(!movement.running);
        compare(moving.x, 1600);
        compare(log, [1600]);
    }

    function test_behavior(row) {
        begin(row);
        moving.height2 = 100;
        compare(moving.height2, 0);
        pass(80);
        compare(moving.height2, 50);
        pass(79);
        verify(moving.height2 < 100);
        pass(1);
        compare(moving.height2, 100);
        moving.height2 = 0;
        pass(160);
        compare(moving.height2, 0);
    }

    function test_date(row) {
        begin(row);
        const before = new Date();
        compare(Date.now(), before.getTime()); // time stands still
        pass(1000);
        compare(Date.now() - before.getTime(), 1000);
        compare(new Date().getTime(), Date.now());
    }

    function test_setDateTime(row) {
        begin(row);
        const newYear = new Date(2027, 0, 1);
        clock.setDateTime(new Date(2026, 11, 31, 23, 59, 59));
        pass(999);
        compare(new Date().getFullYear(), 2026);
        pass(1);
        compare(new Date(), newYear);
        compare(clock.elapsed, 1000);
    }
}
