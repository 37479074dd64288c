// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What becomes of waits and clocks when a clock begins and ends.

#include <QSeamstressClock>

#include <QDateTime>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QSemaphore>
#include <QTest>
#include <QThread>
#include <QTimeZone>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;
using std::chrono::steady_clock;

class tst_ClockLifetime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void monotonicTimeNeverGoesBack();
    void deadlineAcrossTheEnd();
    void wallClockReturns();
    void setsTheDateTime();
    void dateTimeBefore1970();
    void waitForTheWallClock();
    void waitWhenTheClockEnds_data();
    void waitWhenTheClockEnds();
    void clockDestroyedInASlot();
    void clockDestroyedWhileItAdvances();
    void clockInASlotOfAnother();
    void clockAfterClock();
    void fork();
    void clockOfAForkedChild();
    void exec();
    void threadThatIsTerminated();
    void endlessTimeout();
    void overflow(); // the last, since nearly all time is over then
};

void tst_ClockLifetime::monotonicTimeNeverGoesBack()
{
    const auto before = steady_clock::now();
    {
        QSeamstressClock clock;
        QVERIFY(steady_clock::now() >= before);
        QThread::sleep(24 * 3600);
    }
    const auto after = steady_clock::now();
    QVERIFY(after - before >= 24h);
    QVERIFY(after - before < 25h);
    QVERIFY(steady_clock::now() >= after);
    // It goes on at its real pace, and waits too.
    std::this_thread::sleep_for(1ms);
    QVERIFY(steady_clock::now() >= after + 1ms);
}

void tst_ClockLifetime::deadlineAcrossTheEnd()
{
    std::unique_ptr<QSeamstressClock> clock = std::make_unique<QSeamstressClock>();
    QThread::sleep(3600);
    const QDeadlineTimer deadline(3);
    clock.reset();
    QSemaphore semaphore;
    std::mutex mutex;
    std::condition_variable condition;
    std::unique_lock lock(mutex);
    QVERIFY(!semaphore.tryAcquire(1, static_cast<int>(deadline.remainingTime()))); // ends
    QVERIFY(condition.wait_until(lock, deadline.deadline<steady_clock>() + 3ms) == std::cv_status::timeout);
    std::this_thread::sleep_until(deadline.deadline<steady_clock>() + 6ms);
    QVERIFY(deadline.hasExpired());
}

void tst_ClockLifetime::wallClockReturns()
{
    const QDateTime before = QDateTime::currentDateTimeUtc();
    {
        QSeamstressClock clock;
        QThread::sleep(24 * 3600);
        QVERIFY(before.secsTo(QDateTime::currentDateTimeUtc()) >= 24 * 3600);
    }
    QVERIFY(before.secsTo(QDateTime::currentDateTimeUtc()) < 3600);
}

void tst_ClockLifetime::setsTheDateTime()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    const auto before = steady_clock::now();
    const QDateTime newYear(QDate(2030, 12, 31), QTime(23, 59, 59), QTimeZone::utc());
    clock.setDateTime(newYear);
    QCOMPARE(QDateTime::currentDateTimeUtc(), newYear);
    QCOMPARE(::time(nullptr), newYear.toSecsSinceEpoch());
    QCOMPARE(steady_clock::now(), before);
    QSEAMSTRESS_ADVANCE_TIME(clock, 1s);
    QCOMPARE(QDateTime::currentDateTimeUtc().date(), QDate(2031, 1, 1));
    QCOMPARE(clock.elapsed(), 1s);
}

void tst_ClockLifetime::dateTimeBefore1970()
{
    QSeamstressClock clock;
    const QDateTime moon(QDate(1969, 7, 20), QTime(20, 17, 40, 250), QTimeZone::utc());
    clock.setDateTime(moon);
    QCOMPARE(QDateTime::currentDateTimeUtc(), moon);
    QThread::msleep(500);
    QCOMPARE(QDateTime::currentDateTimeUtc(), moon.addMSecs(500));
}

void tst_ClockLifetime::waitForTheWallClock()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    clock.setDateTime(QDateTime(QDate(2030, 1, 1), QTime(0, 0), QTimeZone::utc()));
    std::atomic<bool> isOver = false;
    std::thread thread([&] {
        timespec tomorrow{};
        ::clock_gettime(CLOCK_REALTIME, &tomorrow);
        tomorrow.tv_sec += 24 * 3600;
        ::clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &tomorrow, nullptr);
        isOver = true;
    });
    QVERIFY(clock.settle());
    QVERIFY(!isOver);
    // A day later, no time has passed, but that moment has come.
    clock.setDateTime(QDateTime(QDate(2030, 1, 2), QTime(0, 0), QTimeZone::utc()));
    QVERIFY(clock.settle());
    QVERIFY(isOver);
    thread.join();
}

void tst_ClockLifetime::overflow()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    std::atomic<bool> isOver = false;
    std::thread thread([&] {
        std::this_thread::sleep_for(std::chrono::hours(24 * 365 * 500LL));
        isOver = true;
    });
    QVERIFY(clock.settle());
    QVERIFY(clock.advance(std::chrono::hours(24 * 365 * 290)));
    QCOMPARE(clock.elapsed(), std::chrono::hours(24 * 365 * 290));
    QVERIFY(!isOver);
    QSEAMSTRESS_ADVANCE_TIME(clock, 1s);
    QVERIFY(!clock.advance(std::chrono::hours(24 * 365 * 2)));
    QCOMPARE(clock.error().code(), QSeamstressError::InvalidUse);
    QVERIFY(!clock.advance(std::chrono::nanoseconds::max()));
    QVERIFY(clock.error());
    QVERIFY(clock.advanceUntilIdle(std::chrono::nanoseconds::max()));
    QVERIFY(QDateTime::currentDateTimeUtc().isValid());
    thread.detach();
}

void tst_ClockLifetime::waitWhenTheClockEnds_data()
{
    QTest::addColumn<int>("kind");
    const char *const kinds[] = { "sleep", "condition", "futex", "poll", "timed_mutex" };
    for (int kind = 0; kind < 5; ++kind)
        QTest::newRow(kinds[kind]) << kind;
}

void tst_ClockLifetime::waitWhenTheClockEnds()
{
    QFETCH(const int, kind);
    auto clock = std::make_unique<QSeamstressClock>(QSeamstressClock::Manual);
    std::timed_mutex taken;
    taken.lock();
    std::atomic<bool> isOver = false;
    std::thread thread([&, kind] {
        static constexpr auto time = 1050ms;
        std::mutex mutex;
        std::condition_variable condition;
        std::unique_lock lock(mutex);
        QSemaphore semaphore;
        QEventLoop loop;
        switch (kind) {
        case 0:
            std::this_thread::sleep_for(time);
            break;
        case 1:
            condition.wait_for(lock, time);
            break;
        case 2:
            semaphore.tryAcquire(1, time / 1ms);
            break;
        case 3:
            QTimer::singleShot(time, &loop, &QEventLoop::quit);
            loop.exec();
            break;
        default:
            static_cast<void>(taken.try_lock_for(time));
        }
        isOver = true;
    });
    QVERIFY(clock->advance(1000ms));
    QVERIFY(!isOver);
    clock.reset();
    thread.join(); // after 50 ms, not never
    QVERIFY(isOver);
    taken.unlock();
}

void tst_ClockLifetime::clockDestroyedInASlot()
{
    auto *clock = new QSeamstressClock;
    QTimer::singleShot(10ms, this, [&] { delete clock; });
    QEventLoop loop;
    QTimer::singleShot(20ms, &loop, &QEventLoop::quit);
    loop.exec();
    QSeamstressClock another;
    QVERIFY(another.isValid());
}

void tst_ClockLifetime::clockDestroyedWhileItAdvances()
{
    auto *clock = new QSeamstressClock;
    QTimer::singleShot(10ms, this, [&] { delete clock; });
    QVERIFY(!clock->advance(20ms));
    QSeamstressClock another;
    QVERIFY(another.isValid());
}

void tst_ClockLifetime::clockInASlotOfAnother()
{
    auto clock = std::make_unique<QSeamstressClock>();
    std::unique_ptr<QSeamstressClock> second;
    std::thread thread;
    QTimer::singleShot(10, this, [&] {
        clock.reset();
        second = std::make_unique<QSeamstressClock>(QSeamstressClock::Manual);
        thread = std::thread([] { std::this_thread::sleep_for(10ms); });
        QVERIFY(second->settle());
        QCOMPARE(std::system("sleep 0.1"), 0); // all wait, and it is in Manual mode
        QCOMPARE(second->elapsed(), 0s);
    });
    QVERIFY(!clock->advance(20ms));
    QVERIFY(second->advance(10ms));
    thread.join();
}

void tst_ClockLifetime::clockAfterClock()
{
    const auto begin = steady_clock::now();
    for (int day = 1; day <= 100; ++day) {
        QSeamstressClock clock;
        QThread::sleep(24 * 3600);
        QCOMPARE(clock.elapsed(), 24h);
        QVERIFY(steady_clock::now() - begin >= day * 24h);
    }
}

void tst_ClockLifetime::fork()
{
    QSeamstressClock clock;
    QThread::sleep(3600);
    std::thread waiter([] { QThread::sleep(7200); });
    const pid_t child = ::fork();
    if (child == 0) {
        timespec before{};
        timespec after{};
        ::clock_gettime(CLOCK_MONOTONIC, &before);
        const timespec duration{ 0, 20'000'000 };
        ::nanosleep(&duration, nullptr);
        ::clock_gettime(CLOCK_MONOTONIC, &after);
        const long passed = (after.tv_sec - before.tv_sec) * 1000 + (after.tv_nsec - before.tv_nsec) / 1'000'000;
        ::_exit(passed >= 20 && passed < 1800 * 1000 && ::usleep(1) == 0 ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    waiter.join();
    QVERIFY(clock.elapsed() >= 3h);
}

// The copy of a clock does nothing in a child process, and the child may have a clock of its own.
void tst_ClockLifetime::clockOfAForkedChild()
{
    auto clock = std::make_unique<QSeamstressClock>();
    QVERIFY(clock->advance(1s));
    const pid_t child = ::fork();
    if (child == 0) {
        int failures = clock->isValid() ? 1 : 0;
        failures += clock->advance(1s) ? 2 : 0;
        clock.reset();
        QSeamstressClock own;
        failures += own.isValid() && own.advance(1h) && own.elapsed() == 1h ? 0 : 4;
        ::_exit(failures);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    QVERIFY(clock->advance(1s));
}

void tst_ClockLifetime::exec()
{
    const QDateTime before = QDateTime::currentDateTimeUtc();
    QSeamstressClock clock;
    QThread::sleep(24 * 3600);
    QProcess date;
    date.start("date", { "+%s" });
    QVERIFY(date.waitForFinished());
    const qint64 secondsThere = date.readAllStandardOutput().trimmed().toLongLong();
    QVERIFY(secondsThere - before.toSecsSinceEpoch() < 3600);
}

void tst_ClockLifetime::endlessTimeout()
{
    QSeamstressClock clock;
    clock.setTimeout(std::chrono::milliseconds::max());
    QVERIFY(clock.advance(1h));
    QCOMPARE(clock.elapsed(), 1h);
}

void tst_ClockLifetime::threadThatIsTerminated()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    std::mutex mutex;
    std::condition_variable condition;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        std::unique_lock lock(mutex);
        condition.wait_for(lock, 10s);
    }));
    thread->start();
    QVERIFY(clock.settle());
    thread->terminate();
    const QSeamstressRealTime realTime;
    QVERIFY(thread->wait(10'000));
    QVERIFY(mutex.try_lock());
    mutex.unlock();
}

QTEST_GUILESS_MAIN(tst_ClockLifetime)

#include "tst_clocklifetime.moc"
