// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Coarse timers are exact in virtual time, wherever they come from.

#include <QSeamstressClock>

#include <QBasicTimer>
#include <QEventLoop>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QTimerEvent>

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

using namespace std::chrono_literals;
using std::chrono::milliseconds;

class tst_CoarseTimers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coarseFromAnywhere_data();
    void coarseFromAnywhere();
};

namespace {

class TimerObject : public QObject
{
public:
    explicit TimerObject(QEventLoop *loop)
        : m_loop(loop)
    {
    }
    QBasicTimer basic;

protected:
    void timerEvent(QTimerEvent *) override { m_loop->quit(); }

private:
    QEventLoop *const m_loop;
};

enum Source { Timer, SingleShot, StartTimer, Basic };
enum Place { ThisThread, QtThread, StandardThread };

// Returns the virtual time until the timer expired.
std::chrono::nanoseconds timeOf(Source source, int interval, Qt::TimerType type)
{
    QEventLoop loop;
    TimerObject object(&loop);
    QTimer timer;
    const auto begin = std::chrono::steady_clock::now();
    switch (source) {
    case Timer:
        timer.setTimerType(type);
        QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
        timer.start(interval);
        break;
    case SingleShot:
        QTimer::singleShot(interval, type, &loop, [&loop] { loop.quit(); });
        break;
    case StartTimer:
        object.startTimer(interval, type);
        break;
    case Basic:
        object.basic.start(interval, type, &object);
        break;
    }
    loop.exec();
    return std::chrono::steady_clock::now() - begin;
}

void runIn(Place place, const std::function<void()> &function)
{
    if (place == ThisThread) {
        function();
    } else if (place == StandardThread) {
        std::thread(function).join();
    } else {
        const std::unique_ptr<QThread> thread(QThread::create(function));
        thread->start();
        QVERIFY(thread->wait());
    }
}

} // namespace

void tst_CoarseTimers::coarseFromAnywhere_data()
{
    QTest::addColumn<int>("source");
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("place");
    QTest::addColumn<int>("interval");
    const char *const sources[] = { "QTimer", "singleShot", "startTimer", "QBasicTimer" };
    const char *const types[] = { "coarse", "very-coarse" };
    const char *const places[] = { "this-thread", "QThread", "std-thread" };
    for (int source = Timer; source <= Basic; ++source) {
        for (const int type : { Qt::CoarseTimer, Qt::VeryCoarseTimer }) {
            for (int place = ThisThread; place <= StandardThread; ++place) {
                for (const int interval : { 37, 1234, 61'001 })
                    QTest::addRow("%s-%s-%s-%d", sources[source], types[type - Qt::CoarseTimer], places[place], interval) << source << type << place << interval;
            }
        }
    }
}

void tst_CoarseTimers::coarseFromAnywhere()
{
    QFETCH(const int, source);
    QFETCH(const int, type);
    QFETCH(const int, place);
    QFETCH(const int, interval);
    QSeamstressClock clock;
    std::chrono::nanoseconds time = 0s;
    runIn(static_cast<Place>(place), [&] { time = timeOf(static_cast<Source>(source), interval, static_cast<Qt::TimerType>(type)); });
    QCOMPARE(time, milliseconds(interval));
}

QTEST_GUILESS_MAIN(tst_CoarseTimers)

#include "tst_coarsetimers.moc"
