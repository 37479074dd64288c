// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QSeamstress.Scheduler

// The functions and properties of a clock, and what they throw.
TestCase {
    id: test
    name: "Verbs"

    property int count: 0

    signal triggered

    Timer {
        id: timer
        interval: 100
        repeat: true
        onTriggered: {
            ++test.count;
            test.triggered();
        }
    }

    //! [clock]
    Component {
        id: clocks

        SeamstressClock {
            mode: SeamstressClock.Manual
        }
    }

    function test_advances() {
        const clock = createTemporaryObject(clocks, test);
        timer.start();
        clock.advance(99);
        compare(count, 0);
        clock.advance(1);
        compare(count, 1);
        clock.advance(1000);
        compare(count, 11);
    }
    //! [clock]

    function init() {
        count = 0;
    }

    function cleanup() {
        timer.stop();
    }

    function test_defaults() {
        const clock = createTemporaryObject(clocks, test, { mode: SeamstressClock.Automatic });
        compare(SeamstressClock.Automatic, 0);
        verify(clock.running);
        compare(clock.timeout, 5000);
        compare(clock.elapsed, 0);
    }

    function test_advancesByAFraction() {
        const clock = createTemporaryObject(clocks, test);
        verify(clock.advance(0.25));
        compare(clock.elapsed, 0.25);
    }

    function test_settles() {
        const clock = createTemporaryObject(clocks, test);
        Promise.resolve().then(() => ++test.count);
        verify(clock.settle());
        compare(count, 1);
        compare(clock.elapsed, 0);
    }

    function test_advancesToTheNext() {
        const clock = createTemporaryObject(clocks, test);
        timer.start();
        verify(clock.advanceToNext());
        compare(count, 1);
        compare(clock.elapsed, 100);
    }

    function test_advancesUntilIdle() {
        const clock = createTemporaryObject(clocks, test);
        timer.start();
        const stop = () => {
            if (count === 5)
                timer.stop();
        };
        triggered.connect(stop);
        verify(clock.advanceUntilIdle(10000));
        triggered.disconnect(stop);
        compare(clock.elapsed, 500);
        verify(!clock.advanceToNext()); // nobody waits for a time, which is no error
    }

    SignalSpy {
        id: runningChanged
        signalName: "runningChanged"
    }

    function test_beginsAnew() {
        const clock = createTemporaryObject(clocks, test, { running: false });
        runningChanged.clear();
        runningChanged.target = clock;
        verify(!clock.running);
        compare(clock.elapsed, 0);
        clock.running = true;
        clock.advance(50);
        compare(clock.elapsed, 50);
        clock.running = false;
        verify(!clock.running);
        clock.mode = SeamstressClock.Automatic;
        clock.running = true;
        compare(clock.elapsed, 0);
        compare(runningChanged.count, 3);
        runningChanged.target = null;
    }

    // The error that a call throws, in the line that calls.
    function thrownBy(call) {
        try {
            call();
        } catch (error) {
            verify(error.fileName.endsWith("verbs.qml"), error.fileName);
            return error.message;
        }
        return "";
    }

    function test_limit() {
        const clock = createTemporaryObject(clocks, test);
        timer.start();
        for (let time = 0; time < 2; ++time)
            verify(thrownBy(() => clock.advanceUntilIdle(250)).startsWith("QSeamstressClock::advanceUntilIdle(250 ms) came to its limit"));
        compare(clock.elapsed, 500);
        verify(clock.advance(100)); // an error that was thrown is not thrown again
        compare(count, 6);
    }

    property bool isRestless: false

    function goOn() {
        if (isRestless)
            Promise.resolve().then(goOn);
    }

    function test_timesOut() {
        const clock = createTemporaryObject(clocks, test, { timeout: 20 });
        isRestless = true;
        goOn();
        const text = thrownBy(() => clock.advance(10));
        isRestless = false;
        verify(text.startsWith("QSeamstressClock::advance(10 ms) did not end within "), text);
        clock.timeout = 5000;
        verify(clock.advance(10));
    }

    function test_misuse_data() {
        const range = ": pass a number of milliseconds from 0 to 9000000000000.";
        return [
            { tag: "advance-back", call: clock => clock.advance(-1), text: "SeamstressClock.advance(-1)" + range },
            { tag: "advance-nan", call: clock => clock.advance("soon"), text: "SeamstressClock.advance(nan)" + range },
            { tag: "advance-too-far", call: clock => clock.advance(1e13), text: "SeamstressClock.advance(10000000000000)" + range },
            { tag: "limit-infinite", call: clock => clock.advanceUntilIdle(Infinity), text: "SeamstressClock.advanceUntilIdle(inf)" + range },
            { tag: "invalid-date", call: clock => clock.setDateTime(new Date(NaN)), text: "QSeamstressClock::setDateTime(): the QDateTime is not valid; pass a date and a time." },
            { tag: "mode", call: clock => clock.mode = SeamstressClock.Automatic, text: "SeamstressClock: the mode cannot be changed while virtual time runs; set running to false first." },
            { tag: "not-running", call: clock => { clock.running = false; clock.settle(); }, text: "SeamstressClock.settle: virtual time does not run; set running to true first." },
        ];
    }

    function test_misuse(row) {
        const clock = createTemporaryObject(clocks, test);
        compare(thrownBy(() => row.call(clock)), row.text);
        compare(thrownBy(() => row.call(clock)), row.text);
        compare(clock.elapsed, 0);
    }

    function test_secondClock() {
        const clock = createTemporaryObject(clocks, test);
        const text = "Another QSeamstressClock is alive, and there is one time for the whole program. Destroy the other one first, or use it.";
        compare(thrownBy(() => clocks.createObject(test)), text);
        const second = createTemporaryObject(clocks, test, { running: false });
        compare(thrownBy(() => second.running = true), text);
        verify(!second.running);
        compare(thrownBy(() => second.advance(10)), text);
        clock.running = false;
        second.running = true;
        verify(second.advance(10));
    }

    function test_endedMeanwhile_data() {
        return [
            { tag: "running", end: clock => clock.running = false },
            { tag: "destroyed", end: clock => clock.destroy() },
        ];
    }

    function test_endedMeanwhile(row) {
        const clock = createTemporaryObject(clocks, test);
        const end = () => row.end(clock);
        timer.start();
        triggered.connect(end);
        const text = thrownBy(() => clock.advance(100));
        triggered.disconnect(end);
        compare(text, "SeamstressClock.advance: a handler has ended virtual time before the call returned; let it run until then.");
    }

    // What the test did wrong before is thrown at the next occasion.
    function test_waitsInManualMode_data() {
        return [
            { tag: "advance", call: clock => clock.advance(10) },
            { tag: "end", call: clock => clock.running = false },
        ];
    }

    function test_waitsInManualMode(row) {
        const clock = createTemporaryObject(clocks, test, { timeout: 20 });
        wait(10);
        const text = thrownBy(() => row.call(clock));
        verify(text.includes("for a time that only itself can let pass, since the clock is in Manual mode"), text);
    }

    function test_isAModuleOfItsOwn() {
        let text = "";
        try {
            Qt.createQmlObject("import QSeamstress\nSeamstressClock { }", test);
        } catch (error) {
            text = error.message;
        }
        verify(text.includes("SeamstressClock is not a type"), text);
    }
}
