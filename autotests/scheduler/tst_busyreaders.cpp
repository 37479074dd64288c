// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Threads that read the clock again and again, or wait for no time at all.

#include <QSeamstressClock>
#include <QSeamstressRealTime>

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;

class tst_BusyReaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void noFasterThanRealTime_data();
    void noFasterThanRealTime();
    void readsBetweenRealWaits();
    void heldByRealTime();
    void pollsBesideABusyReader();
    void zeroSleepsInManualMode();
};

static std::chrono::nanoseconds timeOf(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

static std::chrono::nanoseconds realTime()
{
    const QSeamstressRealTime real;
    return timeOf(CLOCK_MONOTONIC);
}

void tst_BusyReaders::init()
{
    QTest::failOnWarning(QRegularExpression(".*"));
}

static void expectWarning()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressClock: A thread reads the clock again and again without ever waiting"));
}

void tst_BusyReaders::noFasterThanRealTime_data()
{
    QTest::addColumn<int>("threads");
    QTest::addRow("one") << 1;
    QTest::addRow("three") << 3;
}

void tst_BusyReaders::noFasterThanRealTime()
{
    QFETCH(const int, threads);
    expectWarning();
    const QSeamstressClock clock;
    const auto begin = realTime();
    std::vector<std::thread> busy;
    for (int number = 0; number < threads; ++number) {
        busy.emplace_back([] {
            QElapsedTimer timer;
            timer.start();
            while (!timer.hasExpired(300)) { }
        });
    }
    for (std::thread &thread : busy)
        thread.join();
    QCOMPARE_GE(clock.elapsed(), 300ms);
    QCOMPARE_LE(clock.elapsed(), realTime() - begin);
}

// A thread that waits in calls that are not interposed reads the clock often, too, and is not busy.
void tst_BusyReaders::readsBetweenRealWaits()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        for (int time = 0; time < 60; ++time) {
            ::usleep(5000);
            if (::write(ends[1], "x", 1) != 1)
                ::_exit(1);
        }
        ::_exit(0);
    }
    for (int time = 0; time < 60; ++time) {
        char byte = 0;
        QCOMPARE(::read(ends[0], &byte, 1), 1);
        for (int read = 0; read < 64; ++read)
            timeOf(CLOCK_MONOTONIC);
    }
    QCOMPARE(::waitpid(child, nullptr, 0), child);
    ::close(ends[0]);
    ::close(ends[1]);
    QCOMPARE(clock.elapsed(), 0s);
}

void tst_BusyReaders::heldByRealTime()
{
    const QSeamstressClock clock;
    QSemaphore isHeld;
    QSemaphore isOver;
    std::thread holds([&] {
        const QSeamstressRealTime real;
        isHeld.release();
        isOver.acquire();
    });
    isHeld.acquire();
    const auto begin = timeOf(CLOCK_THREAD_CPUTIME_ID);
    while (timeOf(CLOCK_THREAD_CPUTIME_ID) - begin < 200ms)
        timeOf(CLOCK_MONOTONIC);
    const auto elapsed = clock.elapsed();
    isOver.release();
    holds.join();
    QCOMPARE(elapsed, 0s);
}

// Their time-outs come, although they are on their way into or out of their calls when time passes.
void tst_BusyReaders::pollsBesideABusyReader()
{
    expectWarning();
    const QSeamstressClock clock;
    std::atomic<bool> isOver = false;
    std::thread busy([&] {
        while (!isOver)
            timeOf(CLOCK_MONOTONIC);
    });
    for (int time = 0; time < 100; ++time) {
        pollfd none{ -1, 0, 0 };
        QCOMPARE(::poll(&none, 1, 1), 0);
    }
    isOver = true;
    busy.join();
    QCOMPARE_GE(clock.elapsed(), 100ms);
}

// The test's own thread lets no time pass, and does not wait for any.
void tst_BusyReaders::zeroSleepsInManualMode()
{
    const QSeamstressClock clock(QSeamstressClock::Manual);
    QSemaphore none;
    for (int time = 0; time < 10; ++time) {
        ::usleep(0);
        std::this_thread::sleep_for(0s);
        QVERIFY(!none.tryAcquire(1, 0));
    }
    QCOMPARE(clock.elapsed(), 0s);
}

QTEST_GUILESS_MAIN(tst_BusyReaders)
#include "tst_busyreaders.moc"
