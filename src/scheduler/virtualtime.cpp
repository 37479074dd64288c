// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "virtualtime_p.h"

#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <array>

#include <linux/futex.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "crowd_p.h"
#include "ignoredthreads_p.h"
#include "interposed_p.h"
#include "kicksignal_p.h"
#include "outside_p.h"
#include "thisthread_p.h"

namespace QSeamstressScheduler {

std::atomic<quint64> VirtualTime::s_taken = 0;

VirtualTime &VirtualTime::instance()
{
    // Never destroyed: threads may wait until the program ends.
    alignas(VirtualTime) static std::array<char, sizeof(VirtualTime)> memory;
    static VirtualTime *const instance = new (memory.data()) VirtualTime;
    return *instance;
}

VirtualTime::VirtualTime()
    : m_lookout(*this, m_wakeUps)
{
    ::pthread_atfork(nullptr, nullptr, [] { instance().forgetAll(); });
}

// The child process has one thread, the calling one, and real time. What the parent's threads may have left half-way is built anew, without
// its destructor.
void VirtualTime::forgetAll()
{
    thisThread.id = 0;
    LayerLock::forget();
    forgetIgnoredThreads();
    m_clocks.forget();
    m_lookout.forget();
    new (&m_troubles) Troubles;
    new (&m_wakeUps) WakeUps;
    m_first = m_last = nullptr;
    for (Drive *drive = m_drive; drive; drive = drive->outer)
        drive->state = Drive::NotAtRest;
    m_drive = nullptr;
    m_realTimeHolds = 0;
    s_taken = 0;
}

quint64 VirtualTime::take()
{
    static std::atomic<quint64> numbers = 0;
    quint64 none = 0;
    const quint64 number = ++numbers;
    return s_taken.compare_exchange_strong(none, number) ? number : 0;
}

// The clocks

bool VirtualTime::read(clockid_t clock, timespec &time)
{
    if (thisThread.bypasses() || !Clocks::isPassing(clock))
        return false;
    if (!Clocks::isVirtual())
        return m_clocks.read(clock, time);
    takeBusyTime();
    const LayerLock lock;
    return m_clocks.read(clock, time);
}

// Somebody who reads the clock again and again, and never waits, would see it stand still for ever.
void VirtualTime::takeBusyTime()
{
    static constexpr qint64 patience = 100 * millisecond;
    static constexpr unsigned readsBetweenLooks = 64;
    static constexpr unsigned enoughReads = 1024;
    ThisThread &thread = thisThread;
    if (++thread.clockReads % readsBetweenLooks != 0)
        return;
    // Not real time: a thread may also wait, by calls that this library does not know.
    timespec cpuTime{};
    real().clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpuTime);
    const qint64 now = nanoseconds(cpuTime);
    if (thread.clockReads == readsBetweenLooks)
        thread.busySince = now;
    const qint64 passed = now - thread.busySince - patience;
    if (thread.clockReads < enoughReads || passed < 0)
        return;
    thread.busySince += passed;
    {
        const LayerLock lock;
        if (!Clocks::isVirtual() || m_realTimeHolds > 0)
            return;
        // However many threads do so, not faster than real time.
        m_clocks.moveTo(m_clocks.programNow() + std::min(passed, Clocks::realNow() - m_clocks.lastMove()));
        letAllDueGo();
    }
    m_troubles.tell(Trouble::ReadsClock, 0, nullptr, {});
}

qint64 VirtualTime::elapsed()
{
    const LayerLock lock;
    return m_clocks.elapsed();
}

// A clock begins and ends

void VirtualTime::begin(const Settings &settings)
{
    m_troubles.forgetWarnings();
    {
        const LayerLock lock;
        m_settings = settings;
        m_owner = thisThread.threadId();
        m_waitsSince = 0;
        m_hasGivenUp = false;
        m_clocks.begin();
    }
    KickSignal::install();
    m_lookout.begin();
}

void VirtualTime::end()
{
    m_lookout.end();
    {
        const LayerLock lock;
        for (Drive *drive = m_drive; drive; drive = drive->outer)
            finish(*drive, Drive::NotAtRest);
        m_drive = nullptr;
        m_clocks.end();
    }
    m_wakeUps.callAll();
    // Those who wait have no real time-out yet.
    for (bool areAllReal = false; !areAllReal;) {
        areAllReal = true;
        {
            const LayerLock lock;
            for (Wait *wait = m_first; wait; wait = wait->m_next) {
                if (wait->m_isVirtual && due(*wait) != never && wait->m_kick != Wait::Kick::NotAtAll) {
                    wait->kick();
                    areAllReal = false;
                }
            }
        }
        if (!areAllReal) {
            const timespec moment{ 0, 50'000 };
            real().nanosleep(&moment, nullptr);
        }
    }
    KickSignal::uninstall();
}

void VirtualTime::setTimeout(qint64 nanoseconds)
{
    const LayerLock lock;
    m_settings.timeout = nanoseconds;
}

void VirtualTime::setWallClock(qint64 nanoseconds)
{
    const LayerLock lock;
    m_clocks.setWallClock(nanoseconds);
    letAllDueGo();
}

// Waits

void VirtualTime::add(Wait &wait)
{
    thisThread.clockReads = 0;
    thisThread.polledCount = 0;
    thisThread.firstEmptyPoll = 0;
    const LayerLock lock;
    wait.m_isVirtual = Clocks::areVirtualForThisThread();
    wait.m_number = ++m_epoch;
    wait.m_previous = m_last;
    (m_last ? m_last->m_next : m_first) = &wait;
    m_last = &wait;
    if (!wait.m_isVirtual)
        return;
    wait.m_kick = wait.place.kick;
    const qint64 now = m_clocks.programNow();
    const bool mayWait = !m_settings.isManual || m_hasGivenUp || m_drive || wait.m_thread != m_owner; // somebody lets time pass
    if (due(wait) > now) {
        thisThread.overdueWaits = 0;
    } else if (++thisThread.overdueWaits <= 3 || !mayWait) {
        wait.m_state = Wait::TimedOut;
    } else {
        // Somebody waits again and again for a time that is over: QReadWriteLock does so until the time has passed. Let some pass.
        wait.m_deadline = { now + millisecond };
    }
}

void VirtualTime::remove(Wait &wait)
{
    const LayerLock lock;
    ++m_epoch;
    (wait.m_previous ? wait.m_previous->m_next : m_first) = wait.m_next;
    (wait.m_next ? wait.m_next->m_previous : m_last) = wait.m_previous;
    if (Clocks::isVirtual())
        m_clocks.standStill();
}

qint64 VirtualTime::due(const Wait &wait) const
{
    return wait.m_deadline.isOnWallClock ? sum(wait.m_deadline.time, -m_clocks.shift(CLOCK_REALTIME)) : wait.m_deadline.time;
}

// Two that are due at the same time come in the order in which they began to wait.
Wait *VirtualTime::earliest() const
{
    Wait *first = nullptr;
    for (Wait *wait = m_first; wait; wait = wait->m_next) {
        if (due(*wait) != never && (!first || due(*wait) < due(*first)))
            first = wait;
    }
    return first;
}

Wait *VirtualTime::ownWait() const
{
    Wait *own = nullptr;
    for (Wait *wait = m_first; wait; wait = wait->m_next) {
        if (wait->m_thread == m_owner)
            own = wait;
    }
    return own;
}

void VirtualTime::letGo(Wait &wait)
{
    wait.m_state = Wait::TimedOut;
    wait.kick();
}

void VirtualTime::letAllDueGo()
{
    for (Wait *wait = m_first; wait; wait = wait->m_next) {
        if (wait->m_state == Wait::Waits && due(*wait) <= m_clocks.programNow())
            letGo(*wait);
    }
}

bool VirtualTime::wakeOne(const void *object)
{
    const LayerLock lock;
    for (Wait *wait = m_first; wait; wait = wait->m_next) {
        if (wait->place.object == object && wait->m_kick == Wait::Kick::ByWord && wait->m_state == Wait::Waits) {
            wait->m_state = Wait::Woken;
            wait->kick();
            return true;
        }
    }
    return false;
}

void VirtualTime::wakeAll(const void *object)
{
    while (wakeOne(object)) { }
}

QList<VirtualTime::Pending> VirtualTime::pending()
{
    // Allocates before it takes the lock.
    QList<Pending> list;
    for (int capacity = 16;; capacity *= 2) {
        list.clear();
        list.reserve(capacity);
        const LayerLock lock;
        const qint64 now = m_clocks.programNow();
        bool fits = true;
        for (const Wait *wait = m_first; wait && fits; wait = wait->m_next) {
            if (due(*wait) == never)
                continue;
            fits = list.size() < capacity;
            if (fits)
                list.append({ wait->m_thread, wait->place.call, std::max<qint64>(0, due(*wait) - now) });
        }
        if (fits)
            break;
    }
    std::stable_sort(list.begin(), list.end(), [](const Pending &a, const Pending &b) { return a.remaining < b.remaining; });
    return list;
}

std::optional<VirtualTime::Pending> VirtualTime::waitOf(pid_t thread)
{
    const LayerLock lock;
    for (const Wait *wait = m_first; wait; wait = wait->m_next) {
        if (wait->m_thread == thread && wait->m_isVirtual)
            return Pending{ thread, wait->place.call, due(*wait) == never ? -1 : std::max<qint64>(0, due(*wait) - m_clocks.programNow()) };
    }
    return {};
}

bool VirtualTime::listWaits(std::vector<pid_t> &threads, std::vector<int> &descriptors)
{
    threads.clear();
    descriptors.clear();
    const LayerLock lock;
    for (const Wait *wait = m_first; wait; wait = wait->m_next) {
        const Descriptors &polled = wait->place.descriptors;
        if (threads.size() == threads.capacity() || descriptors.size() + polled.count + 1 > descriptors.capacity())
            return false;
        threads.push_back(wait->m_thread);
        for (nfds_t index = 0; index < polled.count; ++index)
            descriptors.push_back(polled.polled[index].fd);
        if (polled.epoll >= 0)
            descriptors.push_back(polled.epoll);
    }
    return true;
}

// Time passes

void VirtualTime::jumpTo(Wait &wait)
{
    m_clocks.moveTo(due(wait));
    letGo(wait);
}

quint64 VirtualTime::step(WaitsFor whom)
{
    bool isAnyoneOnItsWay = false;
    for (Wait *wait = m_first; wait; wait = wait->m_next) {
        if (wait->m_state == Wait::Waits)
            continue;
        wait->kick(); // again: it may not have been in its call yet
        isAnyoneOnItsWay = true;
    }
    if (isAnyoneOnItsWay || (m_realTimeHolds > 0 && !m_hasGivenUp))
        return 0;
    if (Drive *const drive = runningDrive())
        return stepFor(*drive);
    if (m_settings.isManual && !m_hasGivenUp && !m_drive)
        return 0; // only the test moves the time
    Wait *const next = earliest();
    if (!next)
        return 0;
    if (whom == WaitsFor::Program || m_clocks.programNow() >= due(*next))
        jumpTo(*next);
    else
        m_clocks.runUntil(due(*next));
    return 0;
}

quint64 VirtualTime::stepFor(Drive &drive)
{
    Wait *const next = earliest();
    if (drive.kind != Drive::ToTarget && !next && (drive.kind == Drive::UntilIdle || drive.target == never))
        return finish(drive, Drive::NobodyWaits);
    if (drive.kind == Drive::ToNext && drive.target == never)
        drive.target = due(*next);
    if (next && due(*next) <= drive.target) {
        jumpTo(*next);
        return 0;
    }
    m_clocks.moveTo(drive.target);
    return finish(drive, Drive::Reached);
}

quint64 VirtualTime::finish(Drive &drive, Drive::State state)
{
    const quint64 wakeUp = drive.wakeUp;
    drive.state = state;
    real().syscall(SYS_futex, &drive.state, FUTEX_WAKE_PRIVATE, 1);
    return wakeUp;
}

VirtualTime::Question VirtualTime::question()
{
    const LayerLock lock;
    const bool drives = runningDrive();
    const bool isAsked = drives || m_settings.isManual || earliest();
    if (!isAsked)
        m_clocks.standStill();
    return { isAsked, !drives && (!m_settings.isManual || m_hasGivenUp), m_epoch, (m_drive || !m_settings.isManual ? 2 : 20) * millisecond };
}

qint64 VirtualTime::answer(const Answer &answer)
{
    quint64 wakeUp = 0;
    Trouble trouble = Trouble::None;
    const char *call = nullptr;
    qint64 timeout = 0;
    qint64 next = never;
    {
        const LayerLock lock;
        timeout = m_settings.timeout;
        m_restless = answer.restless;
        if (Drive *const drive = runningDrive(); drive && Clocks::realNow() > drive->givesUpAt)
            wakeUp = finish(*drive, Drive::NotAtRest);
        else if (answer.isAtRest && answer.epoch == m_epoch)
            wakeUp = step(answer.isOutside ? WaitsFor::Outside : WaitsFor::Program);
        else if (m_hasGivenUp)
            wakeUp = step(WaitsFor::Outside);
        else
            m_clocks.standStill();
        trouble = findTrouble(answer.isAtRest, call);
        if (m_clocks.isRunning())
            next = m_clocks.runsFor();
    }
    if (wakeUp != 0)
        m_wakeUps.call(wakeUp);
    if (trouble != Trouble::None)
        m_troubles.tell(trouble, timeout, call, whyNotAtRest());
    return next;
}

// Whether the test has waited in vain for too long. If so, time passes from the next answer on, when the error can be seen.
Trouble VirtualTime::findTrouble(bool isAtRest, const char *&call)
{
    const Wait *const own = ownWait(); // there may be none: it may wait in a call that is not interposed
    const bool waits = own || (m_settings.isManual && isAtRest);
    if (!waits || m_drive || m_hasGivenUp || m_clocks.isRunning()) {
        m_waitsSince = 0;
        return Trouble::None;
    }
    const quint64 number = own ? own->m_number : 0;
    const qint64 now = Clocks::realNow();
    if (std::exchange(m_waitsIn, number) != number || m_waitsSince == 0)
        m_waitsSince = now;
    if (now - std::max(m_clocks.lastMove(), m_waitsSince) < m_settings.timeout)
        return Trouble::None;
    const bool hasTimeout = own && due(*own) != never;
    if (m_settings.isManual && isAtRest && !hasTimeout)
        return Trouble::ManualModeForEver;
    if (!hasTimeout || (m_settings.isManual && !isAtRest))
        return Trouble::None;
    m_hasGivenUp = true;
    if (!m_settings.isManual)
        return Trouble::BusyThread;
    call = own->place.call;
    return Trouble::ManualMode;
}

// A thread that polls and never waits holds virtual time. After the time-out of the clock it is told, and time runs, so that nothing hangs.
void VirtualTime::emptyPoll(const Descriptors &descriptors)
{
    ThisThread &thread = thisThread;
    thread.clockReads = 0;
    thread.polledCount = std::min<nfds_t>(descriptors.count, thread.polled.size());
    std::copy_n(descriptors.polled, thread.polledCount, thread.polled.begin());
    const qint64 real = Clocks::realNow();
    if (thread.firstEmptyPoll == 0)
        thread.firstEmptyPoll = real;
    qint64 timeout = 0;
    bool isFirst = false;
    {
        const LayerLock lock;
        timeout = m_settings.timeout;
        const qint64 since = sum(thread.firstEmptyPoll, timeout);
        if (!Clocks::isVirtual() || m_drive || m_realTimeHolds > 0 || thread.threadId() != m_owner || real < since)
            return;
        isFirst = !std::exchange(m_hasGivenUp, true);
        m_clocks.moveTo(m_clocks.programNow() + std::max<qint64>(0, real - std::max(since, m_clocks.lastMove())));
        letAllDueGo();
    }
    if (isFirst)
        m_troubles.tell(Trouble::BusyTest, timeout, nullptr, {});
}

void VirtualTime::announce(const Wait &wait)
{
    if ((due(wait) != never || m_drive) && Crowd::isAlone())
        stepAlone(wait);
    if (wait.m_state == Wait::Waits)
        m_lookout.tell();
}

static bool isAnythingReady(const Descriptors &descriptors)
{
    QVarLengthArray<pollfd> polled(descriptors.polled, descriptors.polled + descriptors.count);
    polled.append({ descriptors.epoll, POLLIN, 0 }); // ignored if negative
    return real().poll(polled.data(), static_cast<nfds_t>(polled.size()), 0) > 0;
}

void VirtualTime::stepAlone(const Wait &wait)
{
    for (nfds_t index = 0; index < wait.place.descriptors.count; ++index) {
        if (originOf(wait.place.descriptors.polled[index].fd) != Origin::Program)
            return;
    }
    if (originOf(wait.place.descriptors.epoll) != Origin::Program)
        return;
    if (isAnythingReady(wait.place.descriptors)) // come from outside before that was asked
        return;
    quint64 wakeUp = 0;
    {
        const LayerLock lock;
        if (Clocks::isVirtual())
            wakeUp = step(WaitsFor::Program);
    }
    if (wakeUp != 0)
        m_wakeUps.call(wakeUp);
}

void VirtualTime::begin(Drive &drive)
{
    if (drive.dispatcher)
        drive.wakeUp = m_wakeUps.add(drive.dispatcher, never);
    {
        const LayerLock lock;
        drive.outer = std::exchange(m_drive, &drive);
    }
    m_lookout.tell();
}

void VirtualTime::end(Drive &drive)
{
    if (drive.dispatcher)
        m_wakeUps.remove(drive.wakeUp);
    const LayerLock lock;
    for (Drive **each = &m_drive; *each; each = &(*each)->outer) { // the end of the clock has taken it off the list
        if (*each == &drive) {
            *each = drive.outer;
            break;
        }
    }
}

void VirtualTime::giveUp(Drive &drive)
{
    const LayerLock lock;
    if (drive.state != Drive::Runs)
        return;
    m_restless = m_owner; // which looks at the time itself
    finish(drive, Drive::NotAtRest);
}

void VirtualTime::waitFor(Drive &drive)
{
    Wait wait({ "advance", Wait::Kick::NotAtAll }, Deadline::none());
    wait.announce();
    if (drive.state == Drive::Runs)
        real().syscall(SYS_futex, &drive.state, FUTEX_WAIT_PRIVATE, Drive::Runs, nullptr);
}

QString VirtualTime::whyNotAtRest()
{
    return m_realTimeHolds > 0 ? QStringLiteral("a QSeamstressRealTime is alive") : restless();
}

QString VirtualTime::restless()
{
    pid_t thread = 0;
    pid_t owner = 0;
    {
        const LayerLock lock;
        thread = m_restless;
        owner = m_owner;
    }
    return restlessText(thread, owner);
}

void VirtualTime::holdForRealTime()
{
    const LayerLock lock;
    ++m_realTimeHolds;
    m_clocks.standStill();
}

void VirtualTime::releaseFromRealTime()
{
    --m_realTimeHolds;
    m_lookout.tell();
}

} // namespace QSeamstressScheduler
