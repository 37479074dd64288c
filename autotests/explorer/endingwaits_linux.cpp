// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "endingwaits.h"

#include <QTemporaryFile>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <memory>

#include <fcntl.h>
#include <poll.h>
#include <semaphore.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../platform/obstacles.h"

namespace {

// A child process that performs an action after 100 ms, and exits.
class OtherProcess
{
public:
    explicit OtherProcess(const std::function<void()> &action, const std::function<void()> &before = {})
    {
        if (before && ::pipe(m_hasBegun) != 0)
            qFatal("no pipe");
        m_process = ::fork();
        if (m_process == 0) {
            if (before) {
                before();
                static_cast<void>(::write(m_hasBegun[1], "x", 1) + 1);
            }
            ::usleep(100'000);
            action();
            ::_exit(0);
        }
        if (before) {
            char character;
            while (::read(m_hasBegun[0], &character, 1) < 0 && errno == EINTR) { }
            ::close(m_hasBegun[0]);
            ::close(m_hasBegun[1]);
        }
    }
    ~OtherProcess() { waitForEnd(); }
    Q_DISABLE_COPY_MOVE(OtherProcess)

    void waitForEnd() const
    {
        while (::waitpid(m_process, nullptr, 0) < 0 && errno == EINTR) { }
    }

private:
    pid_t m_process = -1;
    int m_hasBegun[2]{ -1, -1 };
};

// Shared with processes that are forked later.
template <class Value>
std::shared_ptr<Value> makeShared()
{
    void *const memory = ::mmap(nullptr, sizeof(Value), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        qFatal("no shared memory");
    return std::shared_ptr<Value>(new (memory) Value, [](Value *value) { ::munmap(value, sizeof(Value)); });
}

void waitFor(sem_t *semaphore)
{
    while (::sem_wait(semaphore) != 0 && errno == EINTR) { }
}

EndingWait freedByAnotherProcess(const NamedObstacle &obstacle)
{
    return { obstacle.name, [make = obstacle.make] {
                const Obstacle made = make();
                return [wait = made.wait, other = std::make_shared<OtherProcess>(made.free)] { wait(); };
            } };
}

std::function<void()> endOfAProcess()
{
    return [other = std::make_shared<OtherProcess>([] {})] { other->waitForEnd(); };
}

std::function<void()> pollWithATimeout()
{
    return [] {
        pollfd none{ -1, POLLIN, 0 };
        ::poll(&none, 1, 100);
    };
}

std::function<void()> semaphoreInSharedMemory()
{
    const auto semaphore = makeShared<sem_t>();
    ::sem_init(semaphore.get(), 1, 0);
    return [semaphore, other = std::make_shared<OtherProcess>([semaphore] { ::sem_post(semaphore.get()); })] { waitFor(semaphore.get()); };
}

std::function<void()> eventfdOfTwoProcesses()
{
    const std::shared_ptr<int> event(new int(::eventfd(0, 0)), [](int *descriptor) {
        ::close(*descriptor);
        delete descriptor;
    });
    const auto tell = [event] { ::eventfd_write(*event, 1); };
    return [event, other = std::make_shared<OtherProcess>(tell)] {
        pollfd entry{ *event, POLLIN, 0 };
        while (::poll(&entry, 1, -1) < 0 && errno == EINTR) { }
    };
}

std::function<void()> signalOfAnotherProcess()
{
    const auto thread = makeShared<std::atomic<pid_t>>();
    const auto send = [thread] {
        while (*thread == 0)
            ::usleep(1000);
        ::syscall(SYS_tgkill, ::getppid(), thread->load(), SIGUSR2);
    };
    return [thread, other = std::make_shared<OtherProcess>(send)] {
        sigset_t set;
        ::sigemptyset(&set);
        ::sigaddset(&set, SIGUSR2);
        ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
        *thread = static_cast<pid_t>(::syscall(SYS_gettid));
        int number = 0;
        ::sigwait(&set, &number);
    };
}

enum class FileLock { Flock,
                      Fcntl,
                      OfDescription };

void lockFile(int file, FileLock kind)
{
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const auto tryOnce = [&] { return kind == FileLock::Flock ? ::flock(file, LOCK_EX) : ::fcntl(file, kind == FileLock::Fcntl ? F_SETLKW : F_OFD_SETLKW, &lock); };
    while (tryOnce() != 0 && errno == EINTR) { }
}

template <FileLock kind>
std::function<void()> lockOfAnotherProcess()
{
    const auto file = std::make_shared<QTemporaryFile>();
    if (!file->open())
        qFatal("no temporary file");
    const QByteArray name = file->fileName().toLocal8Bit();
    const auto openFile = [file, name] { return ::open(name.constData(), O_RDWR | O_CLOEXEC); };
    const auto lock = [openFile] { lockFile(openFile(), kind); };
    return [openFile, other = std::make_shared<OtherProcess>([] {}, lock)] {
        const int own = openFile();
        lockFile(own, kind);
        ::close(own);
    };
}

// A semaphore that a timer releases, by a signal handler or by a thread of the C library.
class SemaphoreOfATimer
{
public:
    enum Kind { Alarm,
                Signal,
                Thread };
    explicit SemaphoreOfATimer(Kind kind)
    {
        ::sem_init(&m_semaphore, 0, 0);
        s_instance = this;
        std::signal(SIGALRM, [](int) { s_instance.load()->post(); });
        if (kind == Alarm) {
            const itimerval tenthOfASecond{ {}, { 0, 100'000 } };
            ::setitimer(ITIMER_REAL, &tenthOfASecond, nullptr);
            return;
        }
        sigevent event{};
        event.sigev_notify = kind == Signal ? SIGEV_SIGNAL : SIGEV_THREAD;
        event.sigev_value.sival_ptr = this;
        if (kind == Signal)
            event.sigev_signo = SIGALRM;
        else
            event.sigev_notify_function = [](sigval value) { static_cast<SemaphoreOfATimer *>(value.sival_ptr)->post(); };
        m_hasTimer = ::timer_create(CLOCK_MONOTONIC, &event, &m_timer) == 0;
        const itimerspec tenthOfASecond{ {}, { 0, 100'000'000 } };
        ::timer_settime(m_timer, 0, &tenthOfASecond, nullptr);
    }
    ~SemaphoreOfATimer()
    {
        if (m_hasTimer)
            ::timer_delete(m_timer);
    }
    Q_DISABLE_COPY_MOVE(SemaphoreOfATimer)

    void wait() { waitFor(&m_semaphore); }

private:
    void post() { ::sem_post(&m_semaphore); }

    static inline std::atomic<SemaphoreOfATimer *> s_instance = nullptr;
    sem_t m_semaphore;
    bool m_hasTimer = false;
    timer_t m_timer{};
};

template <SemaphoreOfATimer::Kind kind>
std::function<void()> waitForATimer()
{
    return [semaphore = std::make_shared<SemaphoreOfATimer>(kind)] { semaphore->wait(); };
}

} // namespace

QList<EndingWait> waitsOfTheSystem()
{
    QList<EndingWait> waits{
        { "child-process", &endOfAProcess },
        { "poll-with-a-time-out", &pollWithATimeout },
        { "semaphore-in-shared-memory", &semaphoreInSharedMemory },
        { "eventfd-of-two-processes", &eventfdOfTwoProcesses },
        { "signal-of-another-process", &signalOfAnotherProcess },
        { "flock-of-another-process", &lockOfAnotherProcess<FileLock::Flock> },
        { "fcntl-of-another-process", &lockOfAnotherProcess<FileLock::Fcntl> },
        { "fcntl-of-a-description-of-another-process", &lockOfAnotherProcess<FileLock::OfDescription> },
        { "alarm", &waitForATimer<SemaphoreOfATimer::Alarm> },
        { "timer-by-a-signal", &waitForATimer<SemaphoreOfATimer::Signal> },
#ifndef __SANITIZE_THREAD__ // which does not know the thread that the C library creates
        { "timer-by-a-thread", &waitForATimer<SemaphoreOfATimer::Thread> },
#endif
    };
    // A forked process cannot free these. The list above has variants of them between two processes.
    static const QByteArrayList onlyHere{ "fcntl", "flock", "sigwait", "waitpid", "waitid" };
    for (const NamedObstacle &obstacle : systemObstacles()) {
        if (!onlyHere.contains(obstacle.name))
            waits.append(freedByAnotherProcess(obstacle));
    }
    return waits;
}

void waitForAnAlarm()
{
    waitForATimer<SemaphoreOfATimer::Alarm>()();
}
