// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest

TestCase {
    name: "QuickTest"

    SignalSpy {
        id: paused
        target: other
        signalName: "paused"
    }

    function test_goesFromPointToPoint() {
        verify(other.enter(), other.errorString);
        compare(other.pausePoint, "first");
        compare(other.pauseValue, Qt.platform.pluginName);
        verify(other.advance(), other.errorString);
        compare(other.pausePoint, "second");
        compare(paused.count, 2);
        verify(other.exit(), other.errorString);
        compare(setup.countArrivals(), 1);
    }
}
