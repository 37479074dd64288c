// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Compares the executors with hand-written code for the same jobs. The repetitions of each pair are interleaved. The table at the end
// contains the ratios of their medians.

#include <QSeamstressExplorer>
#include <QSeamstressProcess>
#include <QSeamstressTask>
#include <QSeamstressThread>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QMutex>
#include <QThreadPool>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "byhand.h"
#include "ratioreporter.h"

// The argument with which this program starts itself as the process of the hand-written code.
static constexpr char doNothing[] = "--do-nothing";

static void require(bool done)
{
    if (!done)
        std::abort();
}

static void threadByHand(benchmark::State &state)
{
    QMutex mutex;
    for ([[maybe_unused]] auto each : state)
        lockInAnotherThread(&mutex);
}

static void thread(benchmark::State &state)
{
    QMutex mutex;
    for ([[maybe_unused]] auto each : state) {
        QSeamstressThread hogger(&mutex);
        require(hogger.enter());
        require(hogger.exit());
    }
}

static void pool(benchmark::State &state)
{
    QMutex mutex;
    QThreadPool pool;
    for ([[maybe_unused]] auto each : state) {
        QSeamstressThread hogger(&mutex);
        hogger.setThreadPool(&pool);
        require(hogger.enter());
        require(hogger.exit());
    }
}

static void stepByHand(benchmark::State &state)
{
    SteppingThread stepping;
    for ([[maybe_unused]] auto each : state)
        stepping.step();
}

static void step(benchmark::State &state)
{
    bool end = false;
    QSeamstressThread stepping([&end]() -> QSeamstressScript {
        while (!end)
            co_yield "step";
    });
    require(stepping.enter());
    for ([[maybe_unused]] auto each : state)
        require(stepping.advance());
    end = true;
    require(stepping.exit());
}

static void taskByHand(benchmark::State &state)
{
    QMutex mutex;
    for ([[maybe_unused]] auto each : state)
        lockInAQueuedCall(&mutex);
}

static void task(benchmark::State &state)
{
    QMutex mutex;
    for ([[maybe_unused]] auto each : state) {
        QSeamstressTask hogger(&mutex);
        require(hogger.enter());
        require(hogger.exit());
    }
}

static void processByHand(benchmark::State &state)
{
    for ([[maybe_unused]] auto each : state)
        require(startAndFinish(QCoreApplication::applicationFilePath(), { QString::fromLatin1(doNothing) }));
}

static void process(benchmark::State &state)
{
    for ([[maybe_unused]] auto each : state) {
        QSeamstressProcess hogger([] { return std::make_unique<int>(7); });
        require(hogger.enter());
        require(hogger.exit());
    }
}

static void processByQProcess(benchmark::State &state)
{
    qputenv("QSEAMSTRESS_FORK_SERVER", "0");
    process(state);
    qunsetenv("QSEAMSTRESS_FORK_SERVER");
}

static QSeamstressScript fourSteps()
{
    for (int step = 1; step < 4; ++step)
        co_yield "step";
}

// All orders of two scripts of four steps each, and the trial run.
static constexpr int ordersOfAnExploration = 71;

static void explorerOfThreads(benchmark::State &state)
{
    for ([[maybe_unused]] auto each : state) {
        QSeamstressExplorer explorer;
        explorer.addThread("A", fourSteps);
        explorer.addThread("B", fourSteps);
        require(explorer.explore());
    }
}

static void ordersByHand(benchmark::State &state)
{
    for ([[maybe_unused]] auto each : state) {
        for (int order = 0; order < ordersOfAnExploration; ++order) {
            runInOrder({ true, false, true, false, true, false, true, false });
        }
    }
}

// There is no hand-written equivalent, so this is an absolute number. What an exploration costs besides its orders is spread over 34,650 of
// them.
static void printOrdersOfTasks()
{
    static constexpr int orders = 34'650;
    QSeamstressExplorer explorer;
    for (const char *const name : { "A", "B", "C" })
        explorer.addTask(name, fourSteps);
    explorer.setMaximumOrders(orders);
    QList<double> perSecond;
    for (int repetition = 0; repetition < 11; ++repetition) {
        QElapsedTimer timer;
        timer.start();
        require(explorer.explore());
        perSecond.append(orders * 1e9 / static_cast<double>(timer.nsecsElapsed()));
    }
    std::sort(perSecond.begin(), perSecond.end());
    std::printf("\nexplorer, tasks of 3 x 4 steps: %.0f orders per second (expected: at least 600000)\n", perSecond.at(perSecond.size() / 2));
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (application.arguments().contains(QString::fromLatin1(doNothing)))
        return 0;
    const QList<Comparison> comparisons{
        { "thread: enter + exit", "thread", thread, "QThread::create + two QSemaphore", threadByHand, 1.0 },
        { "thread pool: enter + exit", "pool", pool, "QThread::create + two QSemaphore", threadByHand, 0.7 },
        { "thread: one pause and advance", "step", step, "QSemaphore ping-pong", stepByHand, 1.0 },
        { "process: enter + exit", "process", process, "QProcess, same program from start to finish", processByHand, 0.3 },
        { "without fork server", "processByQProcess", processByQProcess, "QProcess, same program from start to finish", processByHand, 1.25 },
        { "task: enter + exit", "task", task, "two queued calls, each with its own QEventLoop", taskByHand, 2.0 },
        { "explorer, threads: 2 x 4 steps", "explorer", explorerOfThreads, "two thread starts + eight semaphore hand-offs per order", ordersByHand, 1.5 },
    };
    const int result = compare(comparisons, argc, argv);
    printOrdersOfTasks();
    return result;
}
