// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

import QtQml
import QtTest
import QSeamstress
import Configs

// Threads of C++ code that pause at a breakpoint of the test.
TestCase {
    id: test
    name: "Breakpoints"

    Worker {
        id: worker
    }

    //! [breakpoint]
    Component {
        id: atHalfWay
        SeamstressBreakpoint {
            point: "half-way"
        }
    }

    function test_haltsTheThread() {
        const halfWay = createTemporaryObject(atHalfWay, test)
        worker.start()
        verify(halfWay.waitForHit(), halfWay.errorString)
        compare(worker.steps(), 1)
        halfWay.resume()
        worker.wait()
        compare(worker.steps(), 2)
    }
    //! [breakpoint]

    function test_properties() {
        const halfWay = createTemporaryObject(atHalfWay, test)
        worker.start()
        verify(halfWay.waitForHit())
        verify(halfWay.hit)
        compare(halfWay.hits, 1)
        compare(halfWay.value, 42)
        halfWay.resume()
        verify(!halfWay.hit)
        worker.wait()
    }

    function test_disarmsAndArms() {
        const halfWay = createTemporaryObject(atHalfWay, test)
        halfWay.disarm()
        worker.start()
        worker.wait()
        compare(worker.steps(), 2)
        halfWay.arm()
        worker.start()
        verify(halfWay.waitForHit())
        halfWay.disarm()
        worker.wait()
        halfWay.arm()
    }

    function messageOf(call) {
        try {
            call()
        } catch (error) {
            return error.message
        }
        return ""
    }

    function test_misuse() {
        const halfWay = createTemporaryObject(atHalfWay, test)
        compare(messageOf(() => halfWay.resume()), "QSeamstressBreakpoint::resume: \"half-way\" has no paused thread; call waitForHit() first, and resume() once for each hit.")
        compare(messageOf(() => halfWay.point = "other"), "SeamstressBreakpoint: the point can no longer be changed; create another SeamstressBreakpoint")
        compare(halfWay.point, "half-way")
        halfWay.disarm()
        verify(messageOf(() => halfWay.waitForHit()).includes("is not armed"))
        halfWay.arm()
    }

    Component {
        id: patientOne
        SeamstressBreakpoint {
            point: "half-way"
            ignoreCount: 1
            timeout: 20
            threadName: "worker"
            haltsAll: true
        }
    }

    function test_timesOut() {
        const breakpoint = createTemporaryObject(patientOne, test)
        compare(breakpoint.timeout, 20)
        verify(!breakpoint.waitForHit())
        verify(breakpoint.errorString.includes("No thread paused at the breakpoint \"half-way\""), breakpoint.errorString)
    }
}
