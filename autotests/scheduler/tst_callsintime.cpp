// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The functions of the C library keep what their manual pages say of them.

#include <QSeamstressClock>

#include <QFile>
#include <QTest>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <memory>
#include <mutex>
#include <thread>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

using namespace std::chrono_literals;

class tst_CallsInTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeoutClearsTheSetsOfSelect_data();
    void timeoutClearsTheSetsOfSelect();
    void smallSetsOfSelect();
    void negativeTimeout_data();
    void negativeTimeout();
    void nullTime();
    void signalEndsASleep_data();
    void signalEndsASleep();
    void pollWithAllSignalsBlocked();
    void lockThatMayTakeForEver();
};

struct Pipe
{
    Pipe() { isOpen = ::pipe(ends) == 0; }
    ~Pipe()
    {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    Q_DISABLE_COPY_MOVE(Pipe)
    int ends[2];
    bool isOpen = false;
};

void tst_CallsInTime::timeoutClearsTheSetsOfSelect_data()
{
    QTest::addColumn<bool>("isPselect");
    QTest::addRow("select") << false;
    QTest::addRow("pselect") << true;
}

void tst_CallsInTime::timeoutClearsTheSetsOfSelect()
{
    QFETCH(const bool, isPselect);
    QSeamstressClock clock;
    const Pipe pipe;
    QVERIFY(pipe.isOpen);
    fd_set set;
    FD_ZERO(&set);
    FD_SET(pipe.ends[0], &set);
    int result = -1;
    std::thread thread([&] {
        timeval time{ 1, 0 };
        const timespec sameTime{ 1, 0 };
        result = isPselect ? ::pselect(pipe.ends[0] + 1, &set, nullptr, nullptr, &sameTime, nullptr) : ::select(pipe.ends[0] + 1, &set, nullptr, nullptr, &time);
    });
    QVERIFY(clock.settle()); // it is in its call
    QVERIFY(clock.advance(1s));
    thread.join();
    QCOMPARE(result, 0);
    QVERIFY(!FD_ISSET(pipe.ends[0], &set));
}

// A program may give no more memory than its descriptors need.
void tst_CallsInTime::smallSetsOfSelect()
{
    const QSeamstressClock clock;
    fd_mask words[2] = { 0, ~fd_mask(0) };
    timeval time{ 0, 1000 };
    QCOMPARE(::select(1, reinterpret_cast<fd_set *>(words), nullptr, nullptr, &time), 0);
    QCOMPARE(words[1], ~fd_mask(0));
    QCOMPARE(clock.elapsed(), 1ms);
}

void tst_CallsInTime::negativeTimeout_data()
{
    QTest::addColumn<bool>("isVirtual");
    QTest::addRow("real time") << false;
    QTest::addRow("virtual time") << true;
}

void tst_CallsInTime::negativeTimeout()
{
    QFETCH(const bool, isVirtual);
    const std::unique_ptr<QSeamstressClock> clock(isVirtual ? new QSeamstressClock : nullptr);
    const timespec negative{ -1, 0 };
    const auto isRefused = [](int result) { return result == -1 && errno == EINVAL; };
    pollfd none{ -1, 0, 0 };
    QVERIFY(isRefused(::ppoll(&none, 1, &negative, nullptr)));
    QVERIFY(isRefused(::pselect(0, nullptr, nullptr, nullptr, &negative, nullptr)));
    timeval negativeToo{ -1, 0 };
    QVERIFY(isRefused(::select(0, nullptr, nullptr, nullptr, &negativeToo)));
    QVERIFY(isRefused(::nanosleep(&negative, nullptr)));
}

void tst_CallsInTime::nullTime()
{
    const QSeamstressClock clock;
    const timespec *volatile null = nullptr;
    QCOMPARE(::nanosleep(null, nullptr), -1);
    QCOMPARE(errno, EFAULT);
    QCOMPARE(::clock_nanosleep(CLOCK_MONOTONIC, 0, null, nullptr), EFAULT);
}

static std::atomic<int> signalsSeen = 0;

void tst_CallsInTime::signalEndsASleep_data()
{
    QTest::addColumn<int>("flags");
    QTest::addRow("handler without SA_RESTART") << 0;
    QTest::addRow("handler with SA_RESTART") << SA_RESTART; // a sleep ends all the same, signal(7)
}

void tst_CallsInTime::signalEndsASleep()
{
    QFETCH(const int, flags);
    QSeamstressClock clock(QSeamstressClock::Manual);
    struct sigaction action{};
    struct sigaction before{};
    action.sa_handler = [](int) { ++signalsSeen; };
    action.sa_flags = flags;
    QCOMPARE(::sigaction(SIGUSR1, &action, &before), 0);
    signalsSeen = 0;
    int result = 0;
    timespec rest{};
    std::thread sleeper([&] {
        const timespec hour{ 3600, 0 };
        result = ::nanosleep(&hour, &rest);
    });
    QVERIFY(clock.advance(600s));
    ::pthread_kill(sleeper.native_handle(), SIGUSR1);
    sleeper.join();
    QCOMPARE(::sigaction(SIGUSR1, &before, nullptr), 0);
    QCOMPARE(result, -1);
    QCOMPARE(signalsSeen, 1);
    QCOMPARE(rest.tv_sec, 3000);
}

// The signal that ends a poll() reaches it, also if the poll() began before there was a clock.
void tst_CallsInTime::pollWithAllSignalsBlocked()
{
    const Pipe pipe;
    QVERIFY(pipe.isOpen);
    std::atomic<pid_t> thread = 0;
    int result = -1;
    std::thread waits([&] {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
        thread = ::gettid();
        pollfd polled{ pipe.ends[0], POLLIN, 0 };
        result = ::poll(&polled, 1, 3'600'000);
    });
    // Until it is in its call.
    const QByteArray path = "/proc/self/task/";
    while (thread == 0)
        std::this_thread::yield();
    for (bool isInPoll = false; !isInPoll;) {
        QFile file(QString::fromLatin1(path + QByteArray::number(thread.load()) + "/wchan"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        isInPoll = file.readAll().contains("poll");
    }
    QSeamstressClock clock;
    QVERIFY(clock.advance(2h));
    waits.join();
    QCOMPARE(result, 0);
}

void tst_CallsInTime::lockThatMayTakeForEver()
{
    std::timed_mutex mutex;
    mutex.lock();
    bool isLocked = false;
    qint64 cpuTime = 0;
    std::thread waits([&] {
        isLocked = mutex.try_lock_until(std::chrono::steady_clock::time_point::max());
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        cpuTime = time.tv_sec * 1'000'000'000 + time.tv_nsec;
    });
    std::this_thread::sleep_for(500ms);
    mutex.unlock();
    waits.join();
    QVERIFY(isLocked);
    QVERIFY2(cpuTime < 50'000'000, "it did not sleep");
}

QTEST_GUILESS_MAIN(tst_CallsInTime)
#include "tst_callsintime.moc"
