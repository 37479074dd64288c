// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress

// A test that has to fail: its script throws while the element is destroyed, and the test does not check for errors.
TestCase {
    id: test
    name: "Destroyed"

    Component {
        id: temporary
        SeamstressTask {
            objectName: "forgotten"
            script: function* () {
                yield "made"
                throw new Error("cannot be torn down")
            }
        }
    }

    function test_tellsWhatItsScriptThrewInTheEnd() {
        const task = createTemporaryObject(temporary, test)
        verify(task.enter(), task.errorString)
        task.destroy()
        wait(0)
    }

    function test_isNotBlamedForTheTestBefore() {
    }
}
