// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// When time may pass: all wait, and go on one after the other.

#include <QSeamstressClock>

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTemporaryFile>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <cerrno>
#include <csignal>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

using namespace std::chrono_literals;

class tst_ClockAtRest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameInstantInTurn();
    void sameInstantInOneEventLoop();
    void rearmedOnTheWay();
    void endIsIncluded();
    void oneLookIsNotEnough();
    void diskIsNoWait();
    void advanceInASlotOfATimer();
    void realTimeHolds();
    void pollStaysPoll();
    void waitInterruptedByASignal();
    void wakesOneWaiter();
};

void tst_ClockAtRest::sameInstantInTurn()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    std::mutex mutex;
    QList<int> order;
    std::vector<std::thread> threads;
    static constexpr int count = 5;
    for (int number = 0; number < count; ++number) {
        threads.emplace_back([&, number] {
            std::this_thread::sleep_for(1s);
            // Nobody else goes on while this thread runs.
            const auto length = [&] {
                const std::lock_guard lock(mutex);
                return order.size();
            };
            const qsizetype before = length();
            ::sched_yield();
            const bool isAlone = length() == before;
            const std::lock_guard lock(mutex);
            if (isAlone)
                order.append(number);
        });
        QVERIFY(clock.settle()); // in this order they wait
    }
    QVERIFY(clock.advance(1s));
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(order, (QList<int>{ 0, 1, 2, 3, 4 }));
}

void tst_ClockAtRest::sameInstantInOneEventLoop()
{
    QSeamstressClock clock;
    QList<int> order;
    for (int number = 0; number < 5; ++number)
        QTimer::singleShot(100, this, [&order, number] { order.append(number); });
    QVERIFY(clock.advance(100ms));
    QCOMPARE(order, (QList<int>{ 0, 1, 2, 3, 4 }));
}

void tst_ClockAtRest::rearmedOnTheWay()
{
    QSeamstressClock clock;
    QList<qint64> times;
    QTimer timer;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, this, [&] {
        times.append(clock.elapsed() / 1ms);
        timer.start(30ms);
    });
    timer.start(30ms);
    QVERIFY(clock.advance(100ms));
    QCOMPARE(times, (QList<qint64>{ 30, 60, 90 }));
    QVERIFY(clock.advance(20ms));
    QCOMPARE(times.last(), 120);
}

void tst_ClockAtRest::endIsIncluded()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    std::atomic<int> hits = 0;
    std::thread thread([&] {
        std::this_thread::sleep_for(1s);
        ++hits;
        std::this_thread::sleep_for(0s);
        ++hits;
        std::this_thread::sleep_for(1ns);
        ++hits;
    });
    QVERIFY(clock.settle());
    QVERIFY(clock.advance(1s));
    QCOMPARE(hits, 2);
    QVERIFY(clock.advance(1ns));
    QCOMPARE(hits, 3);
    thread.join();
}

// Two threads that wake each other up are never both at rest, although each look at one of them may find it blocked.
void tst_ClockAtRest::oneLookIsNotEnough()
{
    QSeamstressClock clock;
    QSemaphore ping;
    QSemaphore pong;
    static constexpr int rounds = 20'000;
    int timeouts = 0;
    std::thread thread([&] {
        for (int round = 0; round < rounds; ++round) {
            if (!ping.tryAcquire(1, 1000))
                ++timeouts;
            pong.release();
        }
    });
    for (int round = 0; round < rounds; ++round) {
        ping.release();
        if (!pong.tryAcquire(1, 1000))
            ++timeouts;
    }
    thread.join();
    QCOMPARE(timeouts, 0);
    QCOMPARE(clock.elapsed(), 0s);
}

// A thread that waits for the disk is about to run on.
void tst_ClockAtRest::diskIsNoWait()
{
    QSeamstressClock clock;
    QTemporaryFile file;
    QVERIFY(file.open());
    const int descriptor = ::open(qPrintable(file.fileName()), O_WRONLY | O_DSYNC);
    QVERIFY(descriptor >= 0);
    QSemaphore question;
    QSemaphore answer;
    static constexpr int rounds = 300;
    std::thread writer([&] {
        const std::vector<char> block(4096);
        for (int round = 0; round < rounds; ++round) {
            question.acquire();
            static_cast<void>(::pwrite(descriptor, block.data(), block.size(), 0));
            answer.release();
        }
    });
    int timeouts = 0;
    for (int round = 0; round < rounds; ++round) {
        question.release();
        if (!answer.tryAcquire(1, 1000)) {
            ++timeouts;
            answer.acquire();
        }
    }
    writer.join();
    ::close(descriptor);
    QCOMPARE(timeouts, 0);
    QCOMPARE(clock.elapsed(), 0s);
}

void tst_ClockAtRest::advanceInASlotOfATimer()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    bool isAdvanced = false;
    QTimer::singleShot(10ms, this, [&] { isAdvanced = clock.advance(5ms); });
    QVERIFY(clock.advance(50ms));
    QVERIFY(isAdvanced);
    QCOMPARE(clock.elapsed(), 50ms);
}

void tst_ClockAtRest::realTimeHolds()
{
    QSeamstressClock clock;
    std::atomic<bool> isOver = false;
    std::thread thread([&] {
        QThread::sleep(3600);
        isOver = true;
    });
    {
        const QSeamstressRealTime realTime;
        QElapsedTimer timer;
        timer.start();
        QThread::msleep(50);
        QVERIFY(timer.elapsed() >= 50);
        QVERIFY(!isOver);
        QCOMPARE(clock.elapsed(), 0s);
    }
    thread.join();
    QCOMPARE(clock.elapsed(), 3600s);
}

void tst_ClockAtRest::pollStaysPoll()
{
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    QCOMPARE(::write(ends[1], "x", 1), 1);
    QSeamstressClock clock;
    pollfd polled{ ends[0], POLLIN, 0 };
    QCOMPARE(::poll(&polled, 1, 1000), 1);
    QCOMPARE(::poll(&polled, 1, 0), 1);
    QCOMPARE(::poll(&polled, 1, -1), 1);
    QCOMPARE(polled.revents, POLLIN);
    ::close(ends[0]);
    QCOMPARE(::poll(&polled, 1, 1000), 1);
    QVERIFY((polled.revents & POLLNVAL) != 0);
    QCOMPARE(clock.elapsed(), 0s);
    ::close(ends[1]);
}

void tst_ClockAtRest::waitInterruptedByASignal()
{
    struct sigaction action = {};
    action.sa_handler = [](int) { };
    struct sigaction before;
    ::sigaction(SIGUSR1, &action, &before);
    QSeamstressClock clock(QSeamstressClock::Manual);
    std::atomic<int> result = 0;
    timespec rest{};
    std::thread thread([&] {
        const timespec duration{ 10, 0 };
        result = ::nanosleep(&duration, &rest) == -1 ? errno : 0;
    });
    QVERIFY(clock.settle());
    QVERIFY(clock.advance(4s));
    ::pthread_kill(thread.native_handle(), SIGUSR1);
    thread.join();
    QCOMPARE(result, EINTR);
    QCOMPARE(rest.tv_sec, 6);
    ::sigaction(SIGUSR1, &before, nullptr);
}

void tst_ClockAtRest::wakesOneWaiter()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    std::mutex mutex;
    std::condition_variable condition;
    std::atomic<int> woken = 0;
    std::atomic<int> timedOut = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 3; ++number) {
        threads.emplace_back([&, number] {
            std::unique_lock lock(mutex);
            ++(condition.wait_for(lock, std::chrono::seconds(number + 1)) == std::cv_status::timeout ? timedOut : woken);
        });
        QVERIFY(clock.settle());
    }
    condition.notify_one();
    QVERIFY(clock.settle());
    QCOMPARE(woken, 1);
    QVERIFY(clock.advance(2s));
    QCOMPARE(timedOut, 1);
    condition.notify_all();
    QVERIFY(clock.settle());
    QCOMPARE(woken, 2);
    for (std::thread &thread : threads)
        thread.join();
}

QTEST_GUILESS_MAIN(tst_ClockAtRest)

#include "tst_clockatrest.moc"
