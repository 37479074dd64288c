// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A thread that computes is never reported as blocked, even while all CPUs are busy and the thread that looks shares one heap with it.

#include <QSeamstressThread>

#include <QMutex>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <unistd.h>
#endif

#ifdef __GLIBC__
// Set before there is a second thread: all threads then use one heap and contend for it, and each large block comes from the system.
[[maybe_unused]] static const bool hasOneHeap = ::mallopt(M_ARENA_MAX, 1) == 1 && ::mallopt(M_MMAP_THRESHOLD, 64 * 1024) == 1;
#endif

class TestNeverBlocked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whileItComputes();
};

// As many computing threads as there are CPUs, so that the thread that looks and the one it looks at are preempted anywhere.
class Load
{
public:
    Load()
    {
        for (int i = 0; i < QThread::idealThreadCount(); ++i) {
            m_threads.emplace_back([this] {
                while (!m_stop) { }
            });
        }
    }
    ~Load()
    {
        m_stop = true;
        for (std::thread &thread : m_threads)
            thread.join();
    }
    Q_DISABLE_COPY_MOVE(Load)

private:
    std::atomic<bool> m_stop = false;
    std::vector<std::thread> m_threads;
};

// System calls that may wait, but return at once here.
class QuickCalls
{
public:
    QuickCalls()
    {
#ifdef Q_OS_LINUX
        m_isOpen = ::pipe2(m_pipe, O_CLOEXEC) == 0;
#endif
    }
    ~QuickCalls()
    {
#ifdef Q_OS_LINUX
        if (m_isOpen) {
            ::close(m_pipe[0]);
            ::close(m_pipe[1]);
        }
#endif
    }
    Q_DISABLE_COPY_MOVE(QuickCalls)
    // False if one of them fails.
    bool call()
    {
#ifdef Q_OS_LINUX
        char character = 'x';
        pollfd entry{ m_pipe[0], POLLIN, 0 };
        return m_isOpen && ::write(m_pipe[1], &character, 1) == 1 && ::poll(&entry, 1, -1) == 1 && ::fcntl(m_pipe[0], F_GETFD) != -1 && ::read(m_pipe[0], &character, 1) == 1;
#else
        return true;
#endif
    }

private:
#ifdef Q_OS_LINUX
    int m_pipe[2]{ -1, -1 };
    bool m_isOpen = false;
#endif
};

void TestNeverBlocked::whileItComputes()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
#if defined(__GLIBC__) && !defined(QSEAMSTRESS_SANITIZER) // a sanitizer replaces the heap
    QVERIFY(hasOneHeap);
#endif
    const Load load;
    std::atomic<bool> stop = false;
    QMutex mutex;
    std::mutex standardMutex;
    QSemaphore semaphore(1);
    QuickCalls calls;
    bool called = true;
    QSeamstressThread thread([&] {
        QSeamstress::pause();
        for (unsigned i = 1; !stop; ++i) {
            const QString text = QString::number(i).repeated(i % 100);
            const auto large = std::make_unique<char[]>(i % 1000 == 0 ? 1 << 20 : 2000); // from the system, or from the heap
            large[0] = 'x';
            {
                const QMutexLocker locker(&mutex);
                const std::lock_guard lock(standardMutex);
                semaphore.acquire();
                semaphore.release();
            }
            called = called && calls.call();
        }
    });
    const auto stopAtTheEnd = qScopeGuard([&] { stop = true; });
    QVERIFY(thread.enter());
    thread.resume();
    int computing = 0;
    int looks = 0;
    // All looks take two seconds. Only under valgrind, which runs one thread at a time, is the deadline reached first.
    const QDeadlineTimer deadline(std::chrono::minutes(1));
    for (; looks < 10'000 && !deadline.hasExpired(); ++looks) {
        const QSeamstressExecutor::Activity activity = thread.activity();
        QVERIFY2(activity != QSeamstressExecutor::Blocked, qPrintable(QStringLiteral("look %1").arg(looks)));
        if (activity == QSeamstressExecutor::Computing)
            ++computing;
        const QString between(2000, QLatin1Char('x')); // from the same heap
        QCOMPARE(between.size(), 2000);
    }
    stop = true;
    QVERIFY(thread.waitForFinished());
    QVERIFY(called);
    qInfo("%d looks, %d of them at a thread that computed", looks, computing);
    QVERIFY(computing > 0);
}

QTEST_GUILESS_MAIN(TestNeverBlocked)
#include "tst_neverblocked.moc"
