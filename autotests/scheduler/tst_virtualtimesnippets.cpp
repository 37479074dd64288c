// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Code shown in the documentation of virtual time.

#include <QSeamstressClock>
#include <QSeamstressTest>

#include <QDateTime>
#include <QDeadlineTimer>
#include <QMutex>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

using namespace std::chrono_literals;

//! [auto saver]
// Saves 2 s after the last change.
class AutoSaver : public QObject
{
    Q_OBJECT

public:
    AutoSaver()
    {
        m_timer.setSingleShot(true);
        m_timer.setInterval(2s);
        connect(&m_timer, &QTimer::timeout, this, &AutoSaver::saved);
    }
    void change() { m_timer.start(); }

Q_SIGNALS:
    void saved();

private:
    QTimer m_timer;
};
//! [auto saver]

//! [uploader]
// Tries again after 1 s, 2 s, 4 s, and so on, until it succeeds.
class Uploader : public QObject
{
public:
    explicit Uploader(std::function<bool()> upload)
        : m_upload(std::move(upload))
    {
    }
    void start()
    {
        if (!m_upload())
            QTimer::singleShot(std::exchange(m_pause, 2 * m_pause), this, &Uploader::start);
    }

private:
    const std::function<bool()> m_upload;
    std::chrono::milliseconds m_pause = 1s;
};
//! [uploader]

//! [worker]
// A thread that ends when there has been no job for 30 s.
class Worker
{
public:
    void add()
    {
        const std::lock_guard lock(m_mutex);
        ++m_jobs;
        m_hasJob.notify_one();
    }
    bool hasEnded() const { return m_hasEnded; }
    ~Worker() { m_thread.join(); }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        while (m_hasJob.wait_for(lock, 30s, [this] { return m_jobs > 0; }))
            --m_jobs;
        m_hasEnded = true;
    }

    std::mutex m_mutex;
    std::condition_variable m_hasJob;
    int m_jobs = 0;
    std::atomic<bool> m_hasEnded = false;
    std::thread m_thread{ &Worker::run, this };
};
//! [worker]

class tst_VirtualTimeSnippets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waits();
    void isExact();
    void startsAgain();
    void tellsTheTimeOfTheNext();
    void waitsInAThread();
    void settles();
    void standsStill();
    void setsTheDate();
    void pausesAThread();
    void pausesATask();
    void waitsForALock();
    void pausesAProcess();
    void needsRealTime();
};

void tst_VirtualTimeSnippets::waits()
{
    //! [clock]
    QSeamstressClock clock;
    //! [waits]
    AutoSaver saver;
    QSignalSpy saved(&saver, &AutoSaver::saved);
    saver.change();
    QTest::qWait(2500);
    QCOMPARE(saved.size(), 1);
    //! [waits]
    //! [clock]
}

void tst_VirtualTimeSnippets::isExact()
{
    //! [exact]
    QSeamstressClock clock;
    AutoSaver saver;
    QSignalSpy saved(&saver, &AutoSaver::saved);
    saver.change();
    QSEAMSTRESS_ADVANCE_TIME(clock, 1999ms);
    QCOMPARE(saved.size(), 0);
    QSEAMSTRESS_ADVANCE_TIME(clock, 1ms);
    QCOMPARE(saved.size(), 1);
    //! [exact]
}

void tst_VirtualTimeSnippets::startsAgain()
{
    QSeamstressClock clock;
    AutoSaver saver;
    QSignalSpy saved(&saver, &AutoSaver::saved);
    //! [starts again]
    saver.change();
    QSEAMSTRESS_ADVANCE_TIME(clock, 1s);
    saver.change();
    QSEAMSTRESS_ADVANCE_TIME(clock, 1999ms);
    QCOMPARE(saved.size(), 0);
    QVERIFY(saved.wait());
    QCOMPARE(clock.elapsed(), 3s);
    //! [starts again]
}

void tst_VirtualTimeSnippets::tellsTheTimeOfTheNext()
{
    //! [next]
    QSeamstressClock clock(QSeamstressClock::Manual);
    int attempts = 0;
    Uploader uploader([&] { return ++attempts == 12; });
    uploader.start();
    QVERIFY(clock.advanceToNext());
    QCOMPARE(clock.elapsed(), 1s);
    QVERIFY(clock.advanceToNext());
    QCOMPARE(clock.elapsed(), 3s);
    QVERIFY(clock.advanceUntilIdle(24h));
    QCOMPARE(attempts, 12);
    QCOMPARE(clock.elapsed(), 2047s);
    //! [next]
}

void tst_VirtualTimeSnippets::waitsInAThread()
{
    //! [thread]
    QSeamstressClock clock(QSeamstressClock::Manual);
    Worker worker;
    QSEAMSTRESS_ADVANCE_TIME(clock, 29s);
    worker.add();
    QSEAMSTRESS_ADVANCE_TIME(clock, 29s);
    QVERIFY(!worker.hasEnded());
    QSEAMSTRESS_ADVANCE_TIME(clock, 1s);
    QVERIFY(worker.hasEnded());
    //! [thread]
}

void tst_VirtualTimeSnippets::settles()
{
    //! [settle]
    QSeamstressClock clock(QSeamstressClock::Manual);
    Worker worker;
    QVERIFY(clock.settle());
    QCOMPARE(clock.pendingWaits().size(), 1);
    QCOMPARE(clock.pendingWaits().first().remaining, 30s);
    QVERIFY(clock.advanceToNext());
    QVERIFY(worker.hasEnded());
    //! [settle]
}

void tst_VirtualTimeSnippets::standsStill()
{
    //! [unchanged]
    QSeamstressClock clock;
    const QDeadlineTimer deadline(1h);
    const QDateTime before = QDateTime::currentDateTime();
    std::thread sleeper([] { std::this_thread::sleep_for(59min); });
    sleeper.join();
    QThread::sleep(60);
    QVERIFY(deadline.hasExpired());
    QCOMPARE(before.msecsTo(QDateTime::currentDateTime()), 3'600'000);
    //! [unchanged]
}

void tst_VirtualTimeSnippets::setsTheDate()
{
    //! [date]
    QSeamstressClock clock;
    clock.setDateTime(QDateTime(QDate(2027, 12, 31), QTime(23, 59, 58)));
    QCOMPARE(QDate::currentDate().year(), 2027);
    QSEAMSTRESS_ADVANCE_TIME(clock, 2s);
    QCOMPARE(QDate::currentDate().year(), 2028);
    //! [date]
}

void tst_VirtualTimeSnippets::pausesAThread()
{
    //! [paused script]
    QSeamstressClock clock;
    bool isLate = false;
    QSeamstressThread sender([&isLate]() -> QSeamstressScript {
        const QDeadlineTimer deadline(30s);
        co_yield "connected";
        isLate = deadline.hasExpired();
    });
    QSEAMSTRESS_ENTER(sender);
    QSEAMSTRESS_ADVANCE_TIME(clock, 30s);
    QSEAMSTRESS_EXIT(sender);
    QVERIFY(isLate);
    //! [paused script]
}

void tst_VirtualTimeSnippets::pausesATask()
{
    //! [task]
    QSeamstressClock clock;
    QPromise<QString> reply;
    QTimer::singleShot(10min, this, [&reply] {
        reply.start();
        reply.addResult("late");
        reply.finish();
    });
    QSeamstressTask client([&reply]() -> QSeamstressScript {
        const QString text = co_await reply.future();
        co_yield QSeamstress::Pause("answered", text);
    });
    QSEAMSTRESS_ENTER(client);
    QCOMPARE(client.pauseValue().toString(), "late");
    QCOMPARE(clock.elapsed(), 10min);
    //! [task]
    QSEAMSTRESS_EXIT(client);
}

void tst_VirtualTimeSnippets::waitsForALock()
{
    //! [lock]
    QMutex mutex;
    QSeamstressThread hogger(&mutex);
    QSEAMSTRESS_ENTER(hogger);
    QSeamstressClock clock;
    QVERIFY(!mutex.tryLock(5000));
    QCOMPARE(clock.elapsed(), 5s);
    //! [lock]
}

void tst_VirtualTimeSnippets::pausesAProcess()
{
    //! [process]
    QSeamstressClock clock;
    QSeamstressProcess other([]() -> QSeamstressScript {
        const QDeadlineTimer deadline(1h);
        co_yield "begun";
        co_yield QSeamstress::Pause("looked", deadline.hasExpired());
    });
    QSEAMSTRESS_ENTER(other);
    QSEAMSTRESS_ADVANCE_TIME(clock, 24h);
    QSEAMSTRESS_ADVANCE(other);
    QCOMPARE(other.pauseValue().toBool(), false);
    //! [process]
}

void tst_VirtualTimeSnippets::needsRealTime()
{
    //! [real time]
    QSeamstressClock clock;
    QThread::sleep(1); // virtual
    {
        const QSeamstressRealTime realTime;
        QThread::msleep(1); // real
    }
    QCOMPARE(clock.elapsed(), 1s);
    //! [real time]
}

QTEST_GUILESS_MAIN(tst_VirtualTimeSnippets)

#include "tst_virtualtimesnippets.moc"
