// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress

// Scripts in JavaScript, as tasks of the event loop.
TestCase {
    id: test
    name: "Tasks"

    property bool isLocked: false
    property var steps: []

    function init() {
        isLocked = false
        steps = []
    }

    //! [script]
    SeamstressTask {
        id: hogger
        objectName: "hogger"
        script: function* () {
            test.isLocked = true
            yield "locked"
            test.isLocked = false
        }
    }

    function test_haltsWhileItHoldsTheLock() {
        verify(hogger.enter(), hogger.errorString)
        compare(hogger.pausePoint, "locked")
        verify(isLocked)
        verify(hogger.exit(), hogger.errorString)
        verify(!isLocked)
    }
    //! [script]

    //! [config]
    SeamstressTask {
        id: user
        objectName: "user"
        config: SeamstressConfig {
            onSettingUp: test.isLocked = true
            onTearingDown: test.isLocked = false
        }
    }

    function test_setsUpAndTearsDown() {
        verify(user.enter(), user.errorString)
        verify(isLocked)
        verify(user.exit(), user.errorString)
        verify(!isLocked)
    }
    //! [config]

    SeamstressTask {
        id: stepper
        objectName: "stepper"
        script: function* () {
            yield "first"
            yield
            yield ["third", { number: 7, list: [1, "two"] }]
            yield ["fourth"]
        }
    }

    function test_phases() {
        compare(none.phase, SeamstressTask.Idle)
        verify(stepper.enter(), stepper.errorString)
        compare(stepper.phase, SeamstressTask.Paused)
        verify(stepper.exit(), stepper.errorString)
        compare(stepper.phase, SeamstressTask.Finished)
    }

    function test_pausePoints() {
        verify(stepper.enter(), stepper.errorString)
        compare(stepper.pausePoint, "first")
        verify(stepper.advance(), stepper.errorString)
        compare(stepper.pausePoint, "")
        verify(stepper.advance(), stepper.errorString)
        compare(stepper.pausePoint, "third")
        compare(stepper.pauseValue.number, 7)
        compare(stepper.pauseValue.list, [1, "two"])
        verify(stepper.advance(), stepper.errorString)
        compare(stepper.pauseValue, undefined)
        verify(!stepper.advance())
        verify(stepper.errorString.includes("pause point"), stepper.errorString)
        verify(stepper.exit(), stepper.errorString)
    }

    function test_runTo() {
        verify(stepper.runTo("third"), stepper.errorString)
        compare(stepper.pausePoint, "third")
        verify(stepper.exit())
    }

    function test_startResumeFinish() {
        stepper.start()
        compare(stepper.phase, SeamstressTask.SettingUp)
        verify(stepper.waitForPaused(), stepper.errorString)
        stepper.resume()
        compare(stepper.phase, SeamstressTask.Running)
        verify(stepper.waitForPaused(), stepper.errorString)
        stepper.finish()
        compare(stepper.phase, SeamstressTask.TearingDown)
        verify(stepper.waitForFinished(), stepper.errorString)
    }

    function test_during() {
        verify(hogger.during(() => verify(isLocked)), hogger.errorString)
        verify(!isLocked)
        let caught = ""
        try {
            hogger.during(() => { throw new Error("on purpose") })
        } catch (error) {
            caught = error.message
        }
        verify(caught.includes("on purpose"), caught)
        verify(!isLocked)
        compare(hogger.phase, SeamstressTask.Finished)
    }

    SignalSpy {
        id: paused
        target: stepper
        signalName: "paused"
    }

    SignalSpy {
        id: finished
        target: stepper
        signalName: "finished"
    }

    SignalSpy {
        id: phases
        target: stepper
        signalName: "phaseChanged"
    }

    function test_signals() {
        for (const spy of [paused, finished, phases])
            spy.clear()
        verify(stepper.enter())
        compare(paused.count, 1)
        compare(paused.signalArguments[0][0], "first")
        compare(phases.count, 2)
        verify(stepper.exit())
        compare(finished.count, 1)
        compare(phases.count, 4)
    }

    SeamstressTask {
        id: failing
        objectName: "failing"
        property string where
        script: function* () {
            try {
                if (where === "set-up")
                    throw new Error("broken")
                yield "a"
                if (where === "between")
                    JSON.parse("null").property()
                yield "b"
                if (where === "tear-down")
                    throw new Error("broken")
            } finally {
                test.steps.push("finally")
            }
        }
    }

    SignalSpy {
        id: errors
        target: failing
        signalName: "errorOccurred"
    }

    function test_throws_data() {
        return [
            { tag: "set-up", text: "broken", line: 163 },
            { tag: "between", text: "TypeError", line: 166 },
            { tag: "tear-down", text: "broken", line: 169 },
        ]
    }

    function test_throws(row) {
        errors.clear()
        failing.where = row.tag
        const entered = failing.enter()
        compare(entered, row.tag !== "set-up")
        if (entered)
            verify(!failing.exit())
        compare(failing.phase, SeamstressTask.Failed)
        verify(failing.errorString.includes(row.text), failing.errorString)
        verify(failing.errorString.includes("tst_tasks.qml:" + row.line), failing.errorString)
        compare(steps, ["finally"])
        compare(errors.count, 1)
        verify(errors.signalArguments[0][0].message.includes(row.text))
    }

    SeamstressTask {
        id: failingUser
        objectName: "failingUser"
        property bool failsAtFirst
        config: SeamstressConfig {
            onSettingUp: {
                test.steps.push("set up")
                if (failingUser.failsAtFirst)
                    throw new Error("broken set-up")
            }
            onTearingDown: {
                test.steps.push("torn down")
                throw new Error("broken tear-down")
            }
        }
    }

    function test_handlerThrows() {
        failingUser.failsAtFirst = true
        verify(!failingUser.enter())
        verify(failingUser.errorString.includes("broken set-up"), failingUser.errorString)
        verify(failingUser.errorString.includes("tst_tasks.qml:213"), failingUser.errorString)
        compare(steps, ["set up"])

        failingUser.failsAtFirst = false
        verify(failingUser.enter(), failingUser.errorString)
        verify(!failingUser.exit())
        verify(failingUser.errorString.includes("broken tear-down"), failingUser.errorString)
        compare(steps, ["set up", "set up", "torn down"])
    }

    SeamstressTask {
        id: emptyUser
        objectName: "emptyUser"
        config: SeamstressConfig {
        }
    }

    function test_configThatDoesNothing() {
        verify(!emptyUser.enter())
        verify(emptyUser.errorString.includes("add an onSettingUp handler"), emptyUser.errorString)
    }

    property var settle: null // the functions of the awaited Promise

    SeamstressTask {
        id: awaiting
        objectName: "awaiting"
        script: function* () {
            yield "before"
            let answer
            try {
                answer = yield new Promise((resolve, reject) => test.settle = { resolve: resolve, reject: reject })
            } catch (reason) {
                answer = "caught " + reason
            }
            yield ["after", answer]
        }
    }

    function test_awaitsAPromise() {
        settle = null
        verify(awaiting.enter(), awaiting.errorString)
        awaiting.resume()
        verify(awaiting.waitForActivity(SeamstressTask.Awaiting), awaiting.errorString)
        compare(awaiting.phase, SeamstressTask.Running)
        settle.resolve(7)
        verify(awaiting.waitForPaused(), awaiting.errorString)
        compare(awaiting.pauseValue, 7)
        verify(awaiting.exit(), awaiting.errorString)

        settle = null
        verify(awaiting.enter(), awaiting.errorString)
        awaiting.resume()
        verify(awaiting.waitForBlocked(), awaiting.errorString)
        settle.reject("it")
        verify(awaiting.waitForPaused(), awaiting.errorString)
        compare(awaiting.pauseValue, "caught it")
        verify(awaiting.exit(), awaiting.errorString)
    }

    property bool wentOn: false
    property bool cameToItsEnd: false

    SeamstressTask {
        id: cancelled
        objectName: "cancelled"
        cancelsAfterFailure: true
        script: function* () {
            try {
                yield "before"
                test.wentOn = true
            } finally {
                test.cameToItsEnd = true // runs like a destructor
            }
        }
    }

    function test_cancels() {
        verify(cancelled.enter(), cancelled.errorString)
        verify(cancelled.cancel(), cancelled.errorString)
        compare(cancelled.phase, SeamstressTask.Finished)
        compare(wentOn, false)
        compare(cameToItsEnd, true)
    }

    function test_promiseThatNeverSettles() {
        awaiting.pauseTimeout = 1
        verify(awaiting.enter(), awaiting.errorString)
        verify(!awaiting.advance())
        verify(awaiting.errorString.includes("co_await"), awaiting.errorString)
        awaiting.pauseTimeout = 5000
        settle.resolve()
        verify(awaiting.waitForPaused(), awaiting.errorString)
        verify(awaiting.exit())
    }

    SeamstressTask {
        id: odd
        objectName: "odd"
        script: function* () {
            yield 7
        }
    }

    function test_yieldsWhatIsNoPausePoint() {
        verify(!odd.enter())
        verify(odd.errorString.includes("not: 7"), odd.errorString)
    }

    SeamstressTask {
        id: plain
        objectName: "plain"
        script: function () {
            test.isLocked = true
        }
    }

    function test_plainFunction() {
        verify(!plain.enter())
        verify(isLocked)
        verify(plain.errorString.includes("pause point"), plain.errorString)
        verify(plain.exit())
    }

    // The error that misuse throws.
    function misuse(action) {
        try {
            action()
        } catch (error) {
            verify(error.fileName.endsWith("tst_tasks.qml"), error.fileName)
            return error.message
        }
        return ""
    }

    function test_misuse_data() {
        return [
            { tag: "enter-twice", action: () => { stepper.enter(); stepper.enter() }, text: "SeamstressTask::enter: \"stepper\"" },
            { tag: "resume-before-enter", action: () => none.resume(), text: "SeamstressTask::resume: \"none\"" },
            { tag: "no-script", action: () => none.enter(), text: "has no script" },
            { tag: "script-that-is-no-function", action: () => { none.script = "locked"; none.enter() }, text: "set a generator function" },
            { tag: "script-changed-while-running", action: () => { stepper.enter(); stepper.script = function* () { } }, text: "call exit() first" },
            { tag: "body-that-is-no-function", action: () => hogger.during("x"), text: "pass a function" },
        ]
    }

    SeamstressTask {
        id: none
        objectName: "none"
    }

    function test_misuse(row) {
        const message = misuse(row.action)
        if (stepper.phase === SeamstressTask.Paused)
            verify(stepper.exit())
        verify(message.includes(row.text), message)
    }

    SeamstressTask {
        id: changing
        objectName: "changing"
    }

    SignalSpy {
        id: scripts
        target: changing
        signalName: "scriptChanged"
    }

    SignalSpy {
        id: configs
        target: changing
        signalName: "configChanged"
    }

    SignalSpy {
        id: errorStrings
        target: failing
        signalName: "errorChanged"
    }

    function test_changes() {
        for (const spy of [scripts, configs, errorStrings])
            spy.clear()
        changing.script = function* () {
            yield "now"
        }
        compare(scripts.count, 1)
        verify(changing.enter(), changing.errorString)
        compare(changing.pausePoint, "now")
        verify(changing.exit())
        changing.config = emptyUser.config
        compare(configs.count, 1)
        compare(changing.config, emptyUser.config)
        changing.config = null
        compare(configs.count, 2)

        failing.where = "set-up"
        verify(!failing.enter())
        verify(errorStrings.count > 0)
        verify(failing.errorString !== "")
    }

    function test_properties() {
        compare(changing.timeout, 1000)
        compare(changing.pauseTimeout, 5000)
        changing.timeout = 7
        compare(changing.timeout, 7)
        changing.timeout = 1000
        changing.waitMode = SeamstressTask.ProcessEvents
        compare(changing.waitMode, SeamstressTask.ProcessEvents)
    }

    Component {
        id: temporary

        SeamstressTask {
            id: made
            property var log
            objectName: "temporary"
            script: function* () {
                made.log("made")
                yield "halted"
                made.log("torn down")
            }
        }
    }

    function test_tearsDownWhenItIsDestroyed() {
        const task = createTemporaryObject(temporary, test, { log: step => test.steps.push(step) })
        verify(task.enter(), task.errorString)
        task.destroy()
        tryCompare(test, "steps", ["made", "torn down"])
    }
}
