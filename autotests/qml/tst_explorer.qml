// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Every order of scripts in JavaScript.

import QtQuick
import QtTest
import QSeamstress

TestCase {
    id: test
    name: "Explorer"

    property int balance: 0
    property var log: []

    SignalSpy {
        id: progressed
        target: explorer
        signalName: "progressed"
    }

    //! [explorer]
    SeamstressExplorer {
        id: explorer
        scripts: ({
            salary: function* () {
                const read = test.balance;
                yield "read";
                test.balance = read + 100;
            },
            refund: function* () {
                const read = test.balance;
                yield "read";
                test.balance = read + 20;
            }
        })
        reset: function () { test.balance = 0; }
        check: function () { return test.balance === 120; }
    }

    function test_findsALostUpdate() {
        verify(!explorer.explore());
        compare(explorer.verdict, SeamstressExplorer.CheckFailed);
        compare(explorer.failingOrder, "salary>read refund>read refund>done salary>done");
        verify(explorer.run("salary>done refund>done"), explorer.report);
    }
    //! [explorer]

    function test_runsItAgain() {
        for (let time = 0; time < 100; ++time) {
            verify(!explorer.run("salary>read refund>read refund>done salary>done"));
            compare(test.balance, 100);
        }
        verify(!explorer.run("nonsense"));
        compare(explorer.verdict, SeamstressExplorer.InvalidOrder);
        verify(explorer.report.startsWith("InvalidOrder: The order \"nonsense\" cannot be read"), explorer.report);
    }

    Component {
        id: explorers
        SeamstressExplorer { }
    }

    function test_triesAll() {
        const each = function* () { yield "one"; yield "two"; };
        const all = createTemporaryObject(explorers, test, { scripts: { A: each, B: each } });
        progressed.target = all;
        verify(all.explore(), all.report);
        compare(all.triedOrders, 20);
        compare(all.totalOrders, 20);
        compare(all.infeasibleOrders, 0);
        compare(all.verdict, SeamstressExplorer.Passed);
        verify(progressed.count > 0);
        all.maximumPreemptions = 1;
        verify(all.explore(), all.report);
        compare(all.triedOrders, 6);
        all.maximumPreemptions = -1;
        all.maximumOrders = 7;
        all.seed = 3;
        verify(all.explore(), all.report);
        compare(all.report, "Passed: all orders with at most 0 preemptions (2), and 5 drawn of 20 with seed 3; scripts: A (3 steps), B (3 steps).");
    }

    function test_awaitsAPromise() {
        const all = createTemporaryObject(explorers, test, {
            scripts: {
                A: function* () {
                    test.log.push(yield Promise.resolve("kept"));
                    yield "here";
                }
            }
        });
        test.log = [];
        verify(all.run("A>here"), all.report);
        compare(test.log, ["kept"]);
    }

    function test_tellsTheLine() {
        const all = createTemporaryObject(explorers, test, {
            scripts: {
                A: function* () {
                    yield "here";
                    throw new Error("not today");
                }
            }
        });
        verify(!all.explore());
        compare(all.verdict, SeamstressExplorer.ExceptionThrown);
        verify(/not today \(.*tst_explorer.qml:[0-9]+\)/.test(all.report), all.report);
        all.scripts = { A: function* () { yield "here"; } };
        all.check = function () { throw new Error("no answer"); };
        verify(!all.explore());
        verify(/The check threw QmlScriptError: Error: no answer \(.*tst_explorer.qml:[0-9]+\)/.test(all.report), all.report);
    }

    function test_misuse_data() {
        return [
            { tag: "no-scripts", properties: {}, text: "the explorer has no scripts; set an object of generator functions: scripts: ({ reader: function* () { yield \"read\" } })." },
            { tag: "script-is-no-function", properties: { scripts: { A: 7 } }, text: "the script \"A\" is not a function; set a generator function: A: function* () { yield \"read\" }." },
            { tag: "reset-is-no-function", properties: { scripts: { A: function* () { } }, reset: 7 }, text: "reset is not a function." },
            { tag: "check-is-no-function", properties: { scripts: { A: function* () { } }, check: "x" }, text: "check is not a function." }
        ];
    }

    function test_misuse(data) {
        const all = createTemporaryObject(explorers, test, data.properties);
        let text = "";
        try {
            all.explore();
        } catch (error) {
            text = error.message;
        }
        compare(text, "SeamstressExplorer.explore: " + data.text);
    }
}
