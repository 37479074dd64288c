// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "lookout_p.h"

#include <algorithm>
#include <csignal>

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ignoredthreads_p.h"
#include "interposed_p.h"
#include "thisthread_p.h"
#include "virtualtime_p.h"

namespace QSeamstressScheduler {

Lookout::Lookout(VirtualTime &time, WakeUps &wakeUps)
    : m_time(time)
    , m_wakeUps(wakeUps)
{
}

void Lookout::begin()
{
    m_isEnding = false;
    m_pause = 0;
    const RealSection inRealTime;
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before); // signals are for the program's threads
    m_thread = std::thread([this] { run(); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    while (!m_isStarted.exchange(false))
        ::sched_yield(); // until then the new thread would count as one of the program
}

void Lookout::end()
{
    const RealSection inRealTime;
    m_isEnding = true;
    tell();
    m_thread.join();
}

void Lookout::forget()
{
    new (&m_thread) std::thread; // the parent's cannot be joined here
}

void Lookout::tell()
{
    ++m_news;
    if (m_isAsleep)
        real().syscall(SYS_futex, &m_news, FUTEX_WAKE_PRIVATE, 1);
}

void Lookout::run()
{
    ::prctl(PR_SET_NAME, "QSeamstress");
    ignoreThisThread();
    m_isStarted = true;
    ::prctl(PR_SET_TIMERSLACK, 1); // ns
    quint32 seen = m_news;
    while (!m_isEnding) {
        const quint32 news = m_news;
        if (std::exchange(seen, news) != news)
            m_pause = 0; // look at once, and more often
        const qint64 wait = turn();
        m_isAsleep = true;
        const timespec timeout = toTimespec(wait);
        if (wait > 0 && !m_isEnding)
            real().syscall(SYS_futex, &m_news, FUTEX_WAIT_PRIVATE, seen, wait == never ? nullptr : &timeout);
        m_isAsleep = false;
    }
}

qint64 Lookout::turn()
{
    static constexpr qint64 firstPause = 50'000;
    const qint64 nextWakeUp = m_wakeUps.callDue();
    const VirtualTime::Question question = m_time.question();
    if (!question.isAsked)
        return nextWakeUp;
    m_pause = std::clamp(2 * m_pause, firstPause, question.longestPause);
    VirtualTime::Answer answer{ question.epoch };
    // The descriptors are looked at between the two looks at each thread, the second of which sees whom they have woken up before.
    auto origin = Origin::Program;
    answer.isAtRest = m_crowd.isAtRest([&] { origin = originOfEvents(); }) && origin != Origin::Kernel;
    answer.isOutside = question.isAboutOutside && origin == Origin::Outside;
    answer.restless = m_crowd.runner();
    return std::min({ nextWakeUp, m_pause, m_time.answer(answer) });
}

Origin Lookout::originOfEvents()
{
    // Allocates before the lock is taken. If there is too little room, once more.
    while (!m_time.listWaits(m_knownThreads, m_descriptors)) {
        m_knownThreads.reserve(2 * m_knownThreads.capacity() + 64);
        m_descriptors.reserve(2 * m_descriptors.capacity() + 64);
    }
    auto origin = m_crowd.origin([this](pid_t thread) { return std::find(m_knownThreads.begin(), m_knownThreads.end(), thread) != m_knownThreads.end(); });
    for (const int descriptor : m_descriptors)
        origin = std::max(origin, originOf(descriptor));
    return origin;
}

} // namespace QSeamstressScheduler
