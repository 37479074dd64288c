// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The thread that owns a breakpoint, and what it does while other threads are paused there.

#include <QSeamstressBreakpoint>
#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QEventLoop>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "../shared/recordedfailures.h"
#include "foreignthread.h"

using namespace std::chrono_literals;

class TestBreakpointOwners : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventLoopMadeLater();
    void moveToThreadDisarms();
    void ownedByAScript();
    void ownerHasEnded();
    void ownersStandAtEachOthers();
    void manyThreadsAreJoined();
    void executorIsDestroyed();
    void scriptIsStuckThere();
};

static void reachThere()
{
    QSEAMSTRESS_PAUSE_POINT("there");
}

// The owner waits in the event loop for longer than setTimeout(), which is allowed.
void TestBreakpointOwners::eventLoopMadeLater()
{
    std::thread([] {
        QSeamstressBreakpoint breakpoint("there");
        breakpoint.setTimeout(50ms);
        QEventLoop loop;
        ForeignThread thread(reachThere);
        QObject::connect(&breakpoint, &QSeamstressBreakpoint::reached, &loop, [&loop] { QTimer::singleShot(300, &loop, &QEventLoop::quit); });
        loop.exec();
        QVERIFY2(breakpoint.isHit(), qPrintable(breakpoint.errorString()));
        breakpoint.resume();
    }).join();
}

void TestBreakpointOwners::moveToThreadDisarms()
{
    QSeamstressBreakpoint breakpoint("there");
    ForeignThread thread(reachThere);
    QVERIFY(breakpoint.waitForHit());
    std::optional<QThread> other(std::in_place);
    breakpoint.moveToThread(&*other);
    QVERIFY(thread.wait());
    QVERIFY(!breakpoint.isArmed());
    QObject context;
    context.moveToThread(&*other);
    bool isHit = false;
    QObject::connect(&*other, &QThread::started, &context, [&] {
        breakpoint.arm();
        reachThere(); // the owner does not pause at its own breakpoint
        ForeignThread next(reachThere);
        isHit = breakpoint.waitForHit();
        breakpoint.disarm();
        other->quit();
    });
    other->start();
    QVERIFY(other->wait());
    QVERIFY(isHit);
    QCOMPARE(breakpoint.hits(), 2);
}

// The script may be paused for as long as the test wants.
void TestBreakpointOwners::ownedByAScript()
{
    QSeamstressThread script([] {
        QSeamstressBreakpoint breakpoint("there");
        breakpoint.setTimeout(50ms);
        ForeignThread thread(reachThere);
        if (!breakpoint.waitForHit(QDeadlineTimer(5000)))
            throw breakpoint.errorString();
        QSeamstress::pause("hit");
        if (!breakpoint.isHit())
            throw breakpoint.errorString();
        breakpoint.resume();
    });
    QSEAMSTRESS_ENTER(script);
    QTest::qSleep(300);
    QSEAMSTRESS_EXIT(script);
}

void TestBreakpointOwners::ownerHasEnded()
{
    std::unique_ptr<QSeamstressBreakpoint> breakpoint;
    std::optional<ForeignThread> thread;
    std::thread([&] {
        breakpoint = std::make_unique<QSeamstressBreakpoint>("there");
        thread.emplace(reachThere);
        QVERIFY(breakpoint->waitForHit());
    }).join();
    QVERIFY(thread->wait());
    QVERIFY(!breakpoint->isHit());
    ForeignThread(reachThere).wait();
    RecordedFailures failures; // the thread that could read the error is gone
    breakpoint.reset();
    const QString text = failures.take().value(0);
    QVERIFY2(text.contains("the thread that owns the breakpoint has ended, so nothing else could resume it. It was resumed automatically. Destroy the breakpoint before its thread ends."), qPrintable(text));
}

void TestBreakpointOwners::ownersStandAtEachOthers()
{
    QSemaphore areArmed;
    const auto own = [&areArmed](const char *mine, std::chrono::milliseconds timeout, const char *other, QString *error) {
        return [&areArmed, mine, timeout, other, error] {
            QSeamstressBreakpoint breakpoint(mine);
            breakpoint.setTimeout(timeout);
            areArmed.release();
            while (areArmed.available() < 2)
                QThread::yieldCurrentThread();
            QSEAMSTRESS_PAUSE_POINT(other);
            *error = breakpoint.errorString();
        };
    };
    QString errors[2];
    // The first thread is resumed and destroys its breakpoint, at which the second thread is paused.
    ForeignThread first(own("one", 5min, "other", &errors[0]));
    ForeignThread second(own("other", 200ms, "one", &errors[1]));
    QVERIFY(first.wait());
    QVERIFY(second.wait());
    QCOMPARE(errors[0], QString());
    QVERIFY2(errors[1].contains("The paused thread was resumed automatically."), qPrintable(errors[1]));
}

// Each thread is resumed when the test waits for it.
void TestBreakpointOwners::manyThreadsAreJoined()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    constexpr int count = 10;
    std::vector<std::unique_ptr<QSeamstressBreakpoint>> breakpoints;
    for (int i = 0; i < count; ++i)
        breakpoints.push_back(std::make_unique<QSeamstressBreakpoint>("there"));
    {
        std::vector<std::unique_ptr<ForeignThread>> threads;
        for (int i = 0; i < count; ++i)
            threads.push_back(std::make_unique<ForeignThread>(reachThere));
        for (const auto &breakpoint : breakpoints)
            QVERIFY2(breakpoint->waitForHit(), qPrintable(breakpoint->errorString()));
    }
    for (const auto &breakpoint : breakpoints)
        QVERIFY2(breakpoint->errorString().contains("only the paused thread could unblock it"), qPrintable(breakpoint->errorString()));
}

// The captures of the script are destroyed after its executor, so the destructor has to end the script.
void TestBreakpointOwners::executorIsDestroyed()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report which thread runs a script.");
    QSeamstressBreakpoint breakpoint("there");
    std::atomic<bool> wentOn = false;
    {
        QSeamstressThread script([&wentOn] {
            reachThere();
            wentOn = true;
        });
        QSEAMSTRESS_ENTER(script); // paused for its executor
        script.finish();
        QVERIFY(breakpoint.waitForHit());
    }
    QVERIFY(wentOn);
    QVERIFY(!breakpoint.isHit());
}

void TestBreakpointOwners::scriptIsStuckThere()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    QSeamstressBreakpoint breakpoint("there");
    QSeamstressThread script(&reachThere);
    script.setTimeout(-1);
    QVERIFY(script.enter());
    QVERIFY(!script.exit()); // it would otherwise wait forever
    QVERIFY2(script.errorString().contains("is paused at the breakpoint \"there\", whose resume() lets it continue"), qPrintable(script.errorString()));
    breakpoint.resume();
    QVERIFY(script.exit());
}

QTEST_GUILESS_MAIN(TestBreakpointOwners)
#include "tst_breakpointowners.moc"
