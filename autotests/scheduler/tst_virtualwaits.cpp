// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Each kind of wait with a time-out takes its virtual time exactly, and nearly no real time.

#include <QSeamstressClock>

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLockFile>
#include <QMutex>
#include <QPropertyAnimation>
#include <QReadWriteLock>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QWaitCondition>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <thread>

#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <semaphore.h>
#include <threads.h>
#include <unistd.h>

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

using Wait = std::function<void()>;
Q_DECLARE_METATYPE(Wait)
Q_DECLARE_METATYPE(std::chrono::nanoseconds)

class tst_VirtualWaits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takes_data();
    void takes();
    void takesInAnotherThread_data() { takes_data(); }
    void takesInAnotherThread();
    void threadFromBefore_data();
    void threadFromBefore();
};

static constexpr auto hour = 1h;

static timespec inAnHour(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    time.tv_sec += 3600;
    return time;
}

// Blocks another thread on something that it holds until the wait is over.
template <class Lock>
class Held
{
public:
    Held()
        : m_holder([this] {
            lock.lock();
            m_isLocked.release();
            m_mayEnd.acquire();
            lock.unlock();
        })
    {
        m_isLocked.acquire();
    }
    ~Held()
    {
        m_mayEnd.release();
        m_holder.join();
    }
    Lock lock;

private:
    std::binary_semaphore m_isLocked{ 0 };
    std::binary_semaphore m_mayEnd{ 0 };
    std::thread m_holder;
};

void tst_VirtualWaits::takes_data()
{
    QTest::addColumn<Wait>("wait");
    QTest::addColumn<nanoseconds>("time");

    const auto row = [](const char *name, const Wait &wait, nanoseconds time = hour) { QTest::newRow(name) << wait << time; };
    row("nanosleep", [] {
        const timespec duration{ 3600, 0 };
        QCOMPARE(::nanosleep(&duration, nullptr), 0);
    });
    row("clock_nanosleep-absolute", [] {
        const timespec moment = inAnHour(CLOCK_MONOTONIC);
        QCOMPARE(::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, nullptr), 0);
    });
    row("clock_nanosleep-wall", [] {
        const timespec moment = inAnHour(CLOCK_REALTIME);
        QCOMPARE(::clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &moment, nullptr), 0);
    });
    row("sleep", [] { QCOMPARE(::sleep(3600), 0U); });
    row("usleep", [] { QCOMPARE(::usleep(999'999), 0); }, 999'999us);
    row("thrd_sleep", [] {
        const timespec time{ 3600, 0 };
        QCOMPARE(::thrd_sleep(&time, nullptr), 0);
    });
    row("this_thread-sleep_for", [] { std::this_thread::sleep_for(hour); });
    row("this_thread-sleep_until", [] { std::this_thread::sleep_until(std::chrono::system_clock::now() + hour); });
    row("QThread-sleep", [] { QThread::sleep(3600); });
    row("QThread-msleep", [] { QThread::msleep(3'600'000); });
    row("QThread-usleep", [] { QThread::usleep(7); }, 7us);
    row("QTest-qSleep", [] { QTest::qSleep(1234); }, 1234ms);
    row("poll", [] {
        pollfd none{};
        QCOMPARE(::poll(&none, 0, 3'600'000), 0);
    });
    row("ppoll", [] {
        pollfd none{};
        const timespec duration{ 3600, 0 };
        QCOMPARE(::ppoll(&none, 0, &duration, nullptr), 0);
    });
    row("select", [] {
        timeval duration{ 3600, 0 };
        QCOMPARE(::select(0, nullptr, nullptr, nullptr, &duration), 0);
    });
    row("pselect", [] {
        const timespec duration{ 3600, 0 };
        QCOMPARE(::pselect(0, nullptr, nullptr, nullptr, &duration, nullptr), 0);
    });
    row("epoll_wait", [] {
        const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
        epoll_event event;
        QCOMPARE(::epoll_wait(epoll, &event, 1, 3'600'000), 0);
        ::close(epoll);
    });
    row("poll-pipe", [] {
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        pollfd polled{ ends[0], POLLIN, 0 };
        QCOMPARE(::poll(&polled, 1, 3'600'000), 0);
        ::close(ends[0]);
        ::close(ends[1]);
    });
    row("QMutex", [] {
        Held<QMutex> held;
        QVERIFY(!held.lock.tryLock(3'600'000));
    });
    row("std-timed_mutex", [] {
        Held<std::timed_mutex> held;
        QVERIFY(!held.lock.try_lock_for(hour));
    });
    row("std-timed_mutex-wall", [] {
        Held<std::timed_mutex> held;
        QVERIFY(!held.lock.try_lock_until(std::chrono::system_clock::now() + hour));
    });
    row("std-shared_timed_mutex", [] {
        Held<std::shared_timed_mutex> held;
        QVERIFY(!held.lock.try_lock_shared_for(hour));
        QVERIFY(!held.lock.try_lock_for(hour));
    }, 2 * hour);
    row("mtx_timedlock", [] {
        mtx_t mutex;
        ::mtx_init(&mutex, mtx_timed);
        ::mtx_lock(&mutex);
        const timespec moment = inAnHour(CLOCK_REALTIME);
        QCOMPARE(::mtx_timedlock(&mutex, &moment), int(thrd_timedout));
        ::mtx_unlock(&mutex);
        ::mtx_destroy(&mutex);
    });
    row("QSemaphore", [] {
        QSemaphore semaphore;
        QVERIFY(!semaphore.tryAcquire(1, 3'600'000));
    });
    row("std-binary_semaphore", [] {
        std::binary_semaphore semaphore(0);
        QVERIFY(!semaphore.try_acquire_for(hour));
    });
    row("sem_timedwait", [] {
        sem_t semaphore;
        ::sem_init(&semaphore, 0, 0);
        const timespec moment = inAnHour(CLOCK_REALTIME);
        QCOMPARE(::sem_timedwait(&semaphore, &moment), -1);
        QCOMPARE(errno, ETIMEDOUT);
    });
    row("QWaitCondition", [] {
        QMutex mutex;
        QWaitCondition condition;
        QMutexLocker locker(&mutex);
        QVERIFY(!condition.wait(&mutex, 3'600'000));
    });
    row("QWaitCondition-QReadWriteLock", [] {
        QReadWriteLock lock;
        QWaitCondition condition;
        QReadLocker locker(&lock);
        QVERIFY(!condition.wait(&lock, 3'600'000));
    });
    row("cnd_timedwait", [] {
        mtx_t mutex;
        cnd_t condition;
        ::mtx_init(&mutex, mtx_plain);
        ::cnd_init(&condition);
        ::mtx_lock(&mutex);
        const timespec moment = inAnHour(CLOCK_REALTIME);
        QCOMPARE(::cnd_timedwait(&condition, &mutex, &moment), int(thrd_timedout));
        ::mtx_unlock(&mutex);
        ::cnd_destroy(&condition);
        ::mtx_destroy(&mutex);
    });
    row("condition_variable-for", [] {
        std::mutex mutex;
        std::condition_variable condition;
        std::unique_lock lock(mutex);
        QVERIFY(condition.wait_for(lock, hour) == std::cv_status::timeout);
    });
    row("condition_variable-wall", [] {
        std::mutex mutex;
        std::condition_variable condition;
        std::unique_lock lock(mutex);
        QVERIFY(condition.wait_until(lock, std::chrono::system_clock::now() + hour) == std::cv_status::timeout);
    });
    row("condition_variable_any", [] {
        std::mutex mutex;
        std::condition_variable_any condition;
        std::unique_lock lock(mutex);
        QVERIFY(condition.wait_for(lock, hour) == std::cv_status::timeout);
    });
    row("future", [] {
        std::promise<void> promise;
        QVERIFY(promise.get_future().wait_for(hour) == std::future_status::timeout);
    });
    row("QThread-wait", [] {
        std::binary_semaphore mayEnd(0);
        const std::unique_ptr<QThread> thread(QThread::create([&] { mayEnd.acquire(); }));
        thread->start();
        QVERIFY(!thread->wait(3'600'000));
        mayEnd.release();
        QVERIFY(thread->wait());
    });
    row("pthread_timedjoin", [] {
        std::binary_semaphore mayEnd(0);
        std::thread thread([&] { mayEnd.acquire(); });
        const timespec moment = inAnHour(CLOCK_REALTIME);
        QCOMPARE(::pthread_timedjoin_np(thread.native_handle(), nullptr, &moment), ETIMEDOUT);
        mayEnd.release();
        thread.join();
    });
    row("QLockFile", [] {
        QTemporaryDir directory;
        QLockFile first(directory.filePath("lock"));
        QVERIFY(first.lock());
        QLockFile second(directory.filePath("lock"));
        QVERIFY(!second.tryLock(1000));
    }, 1000ms);
    row("QEventLoop-QTimer", [] {
        QEventLoop loop;
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
        timer.start(hour);
        loop.exec();
    });
    row("QEventLoop-singleShot", [] {
        QEventLoop loop;
        QTimer::singleShot(1500, Qt::PreciseTimer, &loop, [&] { loop.quit(); });
        loop.exec();
    }, 1500ms);
    row("QVariantAnimation", [] {
        QEventLoop loop;
        QVariantAnimation animation;
        animation.setStartValue(0);
        animation.setEndValue(100);
        animation.setDuration(1600);
        QObject::connect(&animation, &QVariantAnimation::finished, &loop, &QEventLoop::quit);
        animation.start();
        loop.exec();
    }, 1600ms);
}

void tst_VirtualWaits::takes()
{
    QFETCH(const Wait, wait);
    QFETCH(const nanoseconds, time);
    QSeamstressClock clock;
    QVERIFY2(clock.isValid(), qPrintable(clock.errorString()));
    QElapsedTimer timer;
    timer.start();
    const auto wall = std::chrono::system_clock::now();

    wait();

    QCOMPARE(clock.elapsed().count(), time.count());
    QCOMPARE(timer.nsecsElapsed(), time.count());
    QCOMPARE(nanoseconds(std::chrono::system_clock::now() - wall).count(), time.count());
}

void tst_VirtualWaits::takesInAnotherThread()
{
    QFETCH(const Wait, wait);
    QFETCH(const nanoseconds, time);
    QSeamstressClock clock;
    std::thread(wait).join();
    QCOMPARE(clock.elapsed().count(), time.count());
    QCOMPARE(clock.errorString(), QString());
}

void tst_VirtualWaits::threadFromBefore_data()
{
    takes_data();
}

// The thread waits before there is a clock.
void tst_VirtualWaits::threadFromBefore()
{
    QFETCH(const Wait, wait);
    QFETCH(const nanoseconds, time);
    std::atomic<pid_t> id = 0;
    std::thread thread([&] {
        id = ::gettid();
        wait();
    });
    QTRY_VERIFY(id != 0);
    QThread::msleep(20);
    QSeamstressClock clock;
    thread.join();
    QVERIFY(clock.elapsed() <= time);
    QCOMPARE(clock.errorString(), QString());
}

QTEST_GUILESS_MAIN(tst_VirtualWaits)

#include "tst_virtualwaits.moc"
