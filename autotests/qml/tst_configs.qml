// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress
import Configs

// Configs in C++ that run in another thread or another process.
TestCase {
    id: test
    name: "Configs"

    Locks {
        id: locks
    }

    //! [thread]
    SeamstressThread {
        id: thread
        objectName: "thread"
        config: LockHogger {
            path: locks.path
        }
    }

    function test_threadHoldsTheLock() {
        verify(locks.isFree())
        verify(thread.enter(), thread.errorString)
        verify(!locks.isFree())
        verify(thread.exit(), thread.errorString)
        verify(locks.isFree())
    }
    //! [thread]

    //! [process]
    SeamstressProcess {
        id: process
        objectName: "process"
        config: LockHogger {
            path: locks.path
        }
    }

    function test_processHoldsTheLock() {
        verify(process.enter(), process.errorString)
        verify(!locks.isFree())
        verify(process.exit(), process.errorString)
        verify(locks.isFree())
    }
    //! [process]

    function test_bothWantTheLock() {
        verify(thread.enter(), thread.errorString)
        verify(!process.enter())
        verify(process.errorString.includes("the lock is not free"), process.errorString)
        verify(thread.exit())
    }

    function test_verbsOfAThread() {
        thread.start()
        verify(thread.waitForPaused(), thread.errorString)
        compare(thread.phase, SeamstressThread.Paused)
        thread.finish()
        verify(thread.waitForFinished(), thread.errorString)
        verify(thread.during(() => verify(!locks.isFree())), thread.errorString)
        verify(thread.runTo(""), thread.errorString)
        verify(!thread.advance())
        verify(thread.exit())
        compare(thread.pauseMode, SeamstressThread.HaltThread)
    }

    function test_verbsOfAProcess() {
        process.start()
        verify(process.waitForPaused(), process.errorString)
        compare(process.phase, SeamstressProcess.Paused)
        process.resume()
        verify(process.waitForFinished(), process.errorString)
        verify(process.sharedMemorySize > 0)
    }

    SignalSpy {
        id: paused
        target: thread
        signalName: "paused"
    }

    function test_signalsComeBeforeTheVerbReturns() {
        paused.clear()
        verify(thread.enter())
        compare(paused.count, 1)
        verify(thread.exit())
    }

    SeamstressThread {
        id: threadWithHandlers
        objectName: "threadWithHandlers"
        config: SeamstressConfig {
            onSettingUp: fail("this is the wrong thread")
        }
    }

    SeamstressThread {
        id: threadWithSlots
        objectName: "threadWithSlots"
        config: SlotUser {
            onSettingUp: fail("this is the wrong thread")
        }
    }

    SeamstressThread {
        id: threadWithScript
        objectName: "threadWithScript"
        script: function* () {
            fail("this is the wrong thread")
        }
    }

    SeamstressProcess {
        id: processWithHandlers
        objectName: "processWithHandlers"
        config: SeamstressConfig {
            onSettingUp: fail("this is the wrong process")
        }
    }

    SeamstressProcess {
        id: processWithScript
        objectName: "processWithScript"
        script: function* () {
            fail("this is the wrong process")
        }
    }

    function test_refusesJavaScript_data() {
        return [
            { tag: "thread-with-handlers", executor: threadWithHandlers },
            { tag: "thread-with-handlers-of-a-config-in-c++", executor: threadWithSlots },
            { tag: "thread-with-script", executor: threadWithScript },
            { tag: "process-with-handlers", executor: processWithHandlers },
            { tag: "process-with-script", executor: processWithScript },
        ]
    }

    function test_refusesJavaScript(row) {
        for (const verb of ["enter", "start"]) {
            let message = ""
            try {
                row.executor[verb]()
            } catch (error) {
                message = error.message
            }
            verify(message.includes("which runs only in the thread of its engine; use a config written in C++, or a SeamstressTask"), message)
        }
        compare(row.executor.phase, SeamstressThread.Idle)
    }

    Component {
        id: temporary

        SeamstressThread {
            config: LockHogger {
                path: locks.path
            }
        }
    }

    function test_givesTheLockBackWhenItIsDestroyed() {
        const hogger = createTemporaryObject(temporary, test)
        verify(hogger.enter(), hogger.errorString)
        verify(!locks.isFree())
        hogger.destroy()
        tryVerify(() => locks.isFree())
    }
}
