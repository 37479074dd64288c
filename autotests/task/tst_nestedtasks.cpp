// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Tasks that are used by their own steps and by those of other tasks.

#include <QSeamstress/QSeamstressTask>
#include <QSeamstressTest>

#include <QTest>

#include <algorithm>
#include <memory>
#include <utility>

#include "../shared/recordedfailures.h"

class TestNestedTasks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verbInItsOwnStep_data();
    void verbInItsOwnStep();
    void destroyedInItsOwnStep();
    void nestsAndCrosses();
    void slotsThatCallEachOther();
    void startedByEachOtherWithoutRecursion();
};

void TestNestedTasks::verbInItsOwnStep_data()
{
    QTest::addColumn<bool>("byAVerb");
    QTest::newRow("driven-by-a-verb") << true;
    QTest::newRow("driven-by-the-event-loop") << false;
}

void TestNestedTasks::verbInItsOwnStep()
{
    QFETCH(const bool, byAVerb);

    QSeamstressTask *self = nullptr;
    bool exited = true;
    QSeamstressError error;
    QSeamstressTask task([&]() -> QSeamstressScript {
        exited = self->exit();
        error = self->error();
        self->finish(); // does not wait
        co_yield "passed";
    });
    task.setObjectName("task");
    self = &task;
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressTask::exit: \"task\" is inside a step of its script, which called this and would wait for itself; call this from outside the script, or use finish().");
    if (byAVerb) {
        QTest::ignoreMessage(QtWarningMsg, "QSeamstressTask::finish: \"task\" is waiting in a verb, which invoked this slot; call this after that verb has returned.");
        QVERIFY(task.enter());
        QVERIFY(task.exit());
    } else {
        task.start();
        QTRY_COMPARE(task.phase(), QSeamstressExecutor::Finished);
    }
    QVERIFY(!exited);
    QCOMPARE(error.code(), QSeamstressError::InvalidUse);
}

void TestNestedTasks::destroyedInItsOwnStep()
{
    RecordedFailures failures;
    bool ended = false;
    std::unique_ptr<QSeamstressTask> task;
    task = std::make_unique<QSeamstressTask>([&]() -> QSeamstressScript {
        // Stored in the coroutine, since the callable may be destroyed with the executor.
        bool *const hasEnded = &ended;
        std::unique_ptr<QSeamstressTask> *const owner = &task;
        co_yield "a";
        owner->reset();
        co_yield "passed";
        *hasEnded = true;
    });
    task->setObjectName("task");
    QVERIFY(task->enter());
    task->resume();
    QTRY_VERIFY(!task);
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith("\"task\" did not end within "), qPrintable(messages.first()));
    QVERIFY2(messages.first().contains("Its executor was destroyed by a step of the script itself"), qPrintable(messages.first()));
    QTRY_VERIFY(ended); // without its executor
}

void TestNestedTasks::nestsAndCrosses()
{
    QStringList log;
    const auto script = [&log](QString name) -> QSeamstressScript {
        log += name + " set-up";
        co_yield "a";
        log += name + " tear-down";
    };
    // A step of the outer task runs the entire inner task.
    QSeamstressTask outer([&]() -> QSeamstressScript {
        QSeamstressTask inner([&] { return script("inner"); });
        if (!inner.enter() || !inner.exit())
            inner.error().raise();
        co_yield "a";
    });
    QVERIFY2(outer.enter(), qPrintable(outer.errorString()));
    QCOMPARE(std::exchange(log, {}), QStringList({ "inner set-up", "inner tear-down" }));

    // Both are running, and a slot that is called during the wait for one waits for the other.
    QSeamstressTask first([&] { return script("first"); });
    QSeamstressTask second([&] { return script("second"); });
    bool entered = false;
    QMetaObject::invokeMethod(this, [&] { entered = second.enter(); }, Qt::QueuedConnection);
    QVERIFY(first.enter());
    QTRY_VERIFY(entered);
    QMetaObject::invokeMethod(this, [&] { entered = !first.exit(); }, Qt::QueuedConnection);
    QVERIFY(second.exit());
    QTRY_VERIFY(!entered);
    QCOMPARE(log.size(), 4);
}

static QSeamstressScript twoPoints()
{
    co_yield "a";
    co_yield "b";
}

void TestNestedTasks::slotsThatCallEachOther()
{
    // Whenever one pauses, a slot calls a verb of the other. This ends where it would call a verb of a task that is already waiting in one.
    QSeamstressTask ping(&twoPoints);
    QSeamstressTask pong(&twoPoints);
    ping.setObjectName("ping");
    pong.setObjectName("pong");
    QList<bool> results;
    connect(&ping, &QSeamstressExecutor::paused, this, [&] { results += pong.enter(); });
    connect(&pong, &QSeamstressExecutor::paused, this, [&] { results += ping.advance(); });
    QTest::ignoreMessage(QtWarningMsg, "QSeamstressTask::advance: \"ping\" is waiting in another verb, which invoked this slot; call this after that verb has returned.");
    QVERIFY(ping.enter());
    QCOMPARE(results, QList<bool>({ false, true }));
    ping.disconnect(this);
    pong.disconnect(this);
    QVERIFY(ping.exit());
    QVERIFY(pong.exit());
}

void TestNestedTasks::startedByEachOtherWithoutRecursion()
{
    static constexpr int rounds = 20'000;
    QSeamstressTask ping([] { return true; });
    QSeamstressTask pong([] { return true; });
    int left = rounds;
    int depth = 0;
    int deepest = 0;
    const auto play = [&](QSeamstressTask &other) {
        return [&] {
            deepest = std::max(deepest, ++depth);
            if (--left > 0)
                other.start();
            --depth;
        };
    };
    connect(&ping, &QSeamstressExecutor::paused, &ping, &QSeamstressExecutor::finish);
    connect(&pong, &QSeamstressExecutor::paused, &pong, &QSeamstressExecutor::finish);
    connect(&ping, &QSeamstressExecutor::finished, this, play(pong));
    connect(&pong, &QSeamstressExecutor::finished, this, play(ping));
    ping.start();
    QTRY_VERIFY_WITH_TIMEOUT(left == 0, 300'000);
    QCOMPARE(deepest, 1);
}

QTEST_GUILESS_MAIN(TestNestedTasks)
#include "tst_nestedtasks.moc"
