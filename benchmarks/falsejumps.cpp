// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Checks on a busy machine that virtual time does not jump while anybody works: two threads answer each other, each time in time.

#include <QSeamstressClock>

#include <QCoreApplication>
#include <QSemaphore>

#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;

// In each of three parts.
static constexpr int rounds = 70'000;
static constexpr int timeout = 1000; // ms

// In processes of their own: a busy thread of this one would make virtual time stand still.
class BusyLoops
{
public:
    BusyLoops()
    {
        for (pid_t &process : m_processes) {
            process = ::fork();
            if (process != 0)
                continue;
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (;;)
                asm volatile("");
        }
    }
    ~BusyLoops()
    {
        for (const pid_t process : m_processes) {
            if (process < 0)
                continue;
            ::kill(process, SIGKILL);
            ::waitpid(process, nullptr, 0);
        }
    }
    Q_DISABLE_COPY_MOVE(BusyLoops)

private:
    std::array<pid_t, 2> m_processes{};
};

static void require(bool done)
{
    if (!done)
        std::abort();
}

// Ways to wake up a thread that waits. take() returns false if the wait times out.

class BySemaphore
{
public:
    void give() { m_semaphore.release(); }
    bool take() { return m_semaphore.tryAcquire(1, timeout); }

private:
    QSemaphore m_semaphore;
};

class ByCondition
{
public:
    void give()
    {
        const std::lock_guard lock(m_mutex);
        m_isThere = true;
        m_condition.notify_one();
    }
    bool take()
    {
        std::unique_lock lock(m_mutex);
        if (!m_condition.wait_for(lock, timeout * 1ms, [this] { return m_isThere; }))
            return false;
        m_isThere = false;
        return true;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_condition;
    bool m_isThere = false;
};

class ByPoll
{
public:
    ByPoll() { require(::pipe(m_ends.data()) == 0); }
    ~ByPoll()
    {
        for (const int end : m_ends)
            ::close(end);
    }
    Q_DISABLE_COPY_MOVE(ByPoll)
    void give() { require(::write(m_ends[1], "!", 1) == 1); }
    bool take()
    {
        pollfd polled{ m_ends[0], POLLIN, 0 };
        return ::poll(&polled, 1, timeout) == 1 && read();
    }

protected:
    bool read()
    {
        char byte = 0;
        return ::read(m_ends[0], &byte, 1) == 1;
    }

private:
    std::array<int, 2> m_ends{};
};

// Virtual time learns of such a wait by looking at the thread, and in no other way.
class ByRead : public ByPoll
{
public:
    bool take() { return read(); }
};

// For up to some 10 us, another time in each round.
static void workALittle(int round)
{
    for (int rest = round * 7919 % 10'007; rest > 0; --rest)
        asm volatile("");
}

// Returns the number of waits that time out.
template <class Way>
static int take(Way &way)
{
    int timeouts = 0;
    while (!way.take())
        ++timeouts;
    return timeouts;
}

template <class Question, class Answer>
static bool passes(const char *part)
{
    const QSeamstressClock clock;
    Question question;
    Answer answer;
    int timeouts = 0;
    int timeoutsOfOther = 0;
    std::thread other([&] {
        for (int round = 0; round < rounds; ++round) {
            timeoutsOfOther += take(question);
            workALittle(round);
            answer.give();
        }
    });
    for (int round = 0; round < rounds; ++round) {
        question.give();
        timeouts += take(answer);
    }
    other.join();
    // A wait may be answered at the very moment at which time jumps, and does not time out.
    const auto passed = static_cast<long long>(clock.elapsed() / 1ms);
    std::printf("%-36s %d of %d rounds timed out, time went %lld ms on (expected: 0, 0 ms)\n", part, timeouts + timeoutsOfOther, rounds, passed);
    std::fflush(stdout);
    return timeouts + timeoutsOfOther == 0 && passed == 0;
}

int main(int argc, char **argv)
{
    const BusyLoops busy; // before this process has threads
    const QCoreApplication application(argc, argv);
    std::printf("\nWaits in virtual time that another thread answers, beside two busy loops\n");
    std::fflush(stdout);
    bool passed = passes<BySemaphore, BySemaphore>("QSemaphore and QSemaphore");
    passed = passes<ByRead, ByCondition>("read() and std::condition_variable") && passed;
    passed = passes<ByRead, ByPoll>("read() and poll()") && passed;
    return passed ? 0 : 1;
}
