// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A slot that blocks the event loop of a script's thread is recognised, even if it waits in poll(), as the event loop does. Run with each
// event dispatcher of Qt, since they report differently when they wait.

#include <QSeamstressThread>

#include <QEventLoop>
#include <QMutex>
#include <QPromise>
#include <QScopeGuard>
#include <QSocketNotifier>
#include <QTest>
#include <QTimer>

#include <array>

#ifdef Q_OS_UNIX
#include <poll.h>
#include <unistd.h>
#endif

class TestBlockedSlot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void waitsForEvents_data();
    void waitsForEvents();
    void waitsForALock_data();
    void waitsForALock();
    void polls_data();
    void polls();
};

// Runs an event loop: while it is paused, while it awaits, or in its own code until the loop quits. setUp is called before that in the
// thread of the script, with the loop.
class LoopingScript
{
public:
    template <class SetUp>
    LoopingScript(const QString &loop, SetUp setUp)
        : m_thread([this, loop, setUp]() -> QSeamstressScript {
            QEventLoop own;
            setUp(&own);
            if (loop == "halted")
                co_yield "halted";
            else if (loop == "awaiting")
                co_await m_promise.future();
            else
                own.exec();
        })
    {
        m_promise.start();
        m_thread.setPauseMode(QSeamstressThread::RunEventLoop);
    }
    QSeamstressThread &thread() { return m_thread; }
    void endAwaiting() { m_promise.finish(); }

private:
    QPromise<void> m_promise;
    QSeamstressThread m_thread;
};

static void addLoopRows(const char *event)
{
    for (const char *loop : { "halted", "awaiting", "of-the-script" })
        QTest::addRow("%s-%s", event, loop) << QString::fromLatin1(event) << QString::fromLatin1(loop);
}

void TestBlockedSlot::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

void TestBlockedSlot::waitsForEvents_data()
{
    QTest::addColumn<QString>("loop");
    QTest::addColumn<QSeamstressExecutor::Activity>("activity");
    QTest::addColumn<QString>("text");

    QTest::newRow("halted") << "halted" << QSeamstressExecutor::Halted << "Now it is paused and runs its event loop.";
    QTest::newRow("awaiting") << "awaiting" << QSeamstressExecutor::Awaiting << "Now it is waiting in co_await for ";
    QTest::newRow("of-the-script") << "of-the-script" << QSeamstressExecutor::InEventLoop << "Now it is waiting in its event loop.";
}

// No slot blocks the event loop.
void TestBlockedSlot::waitsForEvents()
{
    QFETCH(const QString, loop);
    QFETCH(const QSeamstressExecutor::Activity, activity);
    QFETCH(const QString, text);
    LoopingScript script(loop, [loop](QEventLoop *own) {
        if (loop == "of-the-script")
            QSeamstress::pause("loop", QVariant::fromValue(own));
    });
    QEventLoop *own = nullptr;
    if (loop == "of-the-script") {
        QVERIFY(script.thread().enter());
        own = script.thread().pauseValue().value<QEventLoop *>();
        script.thread().resume();
    } else {
        script.thread().start();
    }
    const auto end = qScopeGuard([&] {
        script.endAwaiting();
        if (own)
            QMetaObject::invokeMethod(own, &QEventLoop::quit, Qt::QueuedConnection);
    });
    // The first look may come too early.
    QTRY_VERIFY2(!script.thread().waitForBlocked(QDeadlineTimer(1)) && script.thread().errorString().contains(text), qPrintable(script.thread().errorString()));
    QCOMPARE(script.thread().activity(), activity);
}

void TestBlockedSlot::waitsForALock_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("loop");
    addLoopRows("queued-call");
}

void TestBlockedSlot::waitsForALock()
{
    QFETCH(const QString, loop);
    QMutex mutex;
    LoopingScript script(loop, [&mutex](QEventLoop *own) {
        const auto lock = [&mutex, own] {
            const QMutexLocker locker(&mutex);
            own->quit();
        };
        QMetaObject::invokeMethod(own, lock, Qt::QueuedConnection);
    });
    QMutexLocker locker(&mutex);
    script.thread().start();
    QVERIFY2(script.thread().waitForBlockedOn(&mutex), qPrintable(script.thread().errorString()));
    QCOMPARE(script.thread().activity(), QSeamstressExecutor::Blocked);
    QCOMPARE(script.thread().phase(), loop == "halted" ? QSeamstressExecutor::Paused : QSeamstressExecutor::SettingUp);
    QVERIFY(!script.thread().exit(QDeadlineTimer(1)));
    const QRegularExpression text("Now it (is paused, and a slot that it runs |is waiting in co_await, and a slot that it runs )?is blocked on the QMutex at 0x[0-9a-f]+, in futex\\.");
    QVERIFY2(text.match(script.thread().errorString()).hasMatch(), qPrintable(script.thread().errorString()));
    script.endAwaiting();
    locker.unlock();
    QVERIFY(script.thread().exit());
}

void TestBlockedSlot::polls_data()
{
    QTest::addColumn<QString>("event");
    QTest::addColumn<QString>("loop");
    for (const char *event : { "queued-call", "timer", "socket-notifier" })
        addLoopRows(event);
}

void TestBlockedSlot::polls()
{
#ifdef Q_OS_UNIX
    QFETCH(const QString, event);
    QFETCH(const QString, loop);
    std::array<int, 2> trigger{ -1, -1 };
    std::array<int, 2> obstacle{ -1, -1 };
    QVERIFY(::pipe(trigger.data()) == 0 && ::pipe(obstacle.data()) == 0);
    const auto close = qScopeGuard([&] {
        for (const int descriptor : { trigger[0], trigger[1], obstacle[0], obstacle[1] })
            ::close(descriptor);
    });
    QCOMPARE(::write(trigger[1], "x", 1), 1);

    LoopingScript script(loop, [&](QEventLoop *own) {
        const auto poll = [&obstacle, own] {
            pollfd descriptor{ obstacle[0], POLLIN, 0 };
            ::poll(&descriptor, 1, -1);
            own->quit();
        };
        if (event == "queued-call") {
            QMetaObject::invokeMethod(own, poll, Qt::QueuedConnection);
        } else if (event == "timer") {
            QTimer::singleShot(1, own, poll);
        } else {
            auto *notifier = new QSocketNotifier(trigger[0], QSocketNotifier::Read, own);
            QObject::connect(notifier, &QSocketNotifier::activated, own, [notifier, poll] {
                notifier->setEnabled(false);
                poll();
            });
        }
    });
    script.thread().start();
    const bool blocked = script.thread().waitForBlocked();
    const QString problem = script.thread().errorString();
    const bool exited = script.thread().exit(QDeadlineTimer(1));
    const QString text = script.thread().errorString();
    script.endAwaiting();
    QCOMPARE(::write(obstacle[1], "x", 1), 1);
    QVERIFY2(blocked, qPrintable(problem));
    QVERIFY(!exited);
    QVERIFY2(text.contains("is blocked in poll"), qPrintable(text));
    QVERIFY(script.thread().exit());
#else
    QSKIP("requires a POSIX pipe");
#endif
}

QTEST_GUILESS_MAIN(TestBlockedSlot)
#include "tst_blockedslot.moc"
