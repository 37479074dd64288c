// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest

TestCase {
    function test_play() {
        verify(stage.play()) // qmllint disable unqualified
    }
}
