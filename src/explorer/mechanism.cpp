// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "mechanism_p.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

#include "../base/activitytext_p.h"
#include "../base/locknames_p.h"
#include "../base/lookinterval_p.h"
#include "../base/patience_p.h"
#include "../base/standstill_p.h"
#include "../platform/platform_p.h"
#include "../timeline/eventtable_p.h"
#include "../timeline/trace_p.h"
#include "outsidewait_p.h"

namespace QSeamstressPrivate {

// All scripts must be blocked for this long before they count as deadlocked.
static constexpr int deadlockPatience = 10; // ms
// A step that computes for this long may be polling for the effect of a posted event.
static constexpr int patienceWithoutEvents = 50; // ms
// The maximum number of steps in an order: a script that polls takes steps forever.
static constexpr std::size_t maximumSteps = 100'000;
// Limits the delivery of events at the end of an order, since an event may post another one forever.
static constexpr int maximumRounds = 1000;
// The minimum time to wait for the scripts at the end of an order that failed.
static constexpr int patienceOfTheEnd = 5000; // ms

void Mechanism::add(std::unique_ptr<Actor> actor)
{
    Trace *const trace = Trace::instance();
    const int track = trace ? trace->addTrack(actor->name()) : 0;
    m_scripts.push_back({ .actor = std::move(actor), .track = track });
}

void Mechanism::begin(int timeout)
{
    m_timeout = timeout;
    m_anyBlockedFromOutside = false;
    m_steps.clear();
    m_blockedSteps = 0;
    m_troubleText.clear();
    m_blocked = 0;
    m_trouble = None;
    m_ready = allOf(count());
    for (const ExploredScript &script : m_scripts)
        script.actor->begin();
}

void Mechanism::run(PathWalk &walk)
{
    while (isAnybodyReady())
        step(walk.choose(m_ready, [this](int script) -> const QString & { return actor(script).point(); }));
}

void Mechanism::runInOrderOfAdding()
{
    while (isAnybodyReady())
        step(std::countr_zero(m_ready));
}

// While all scripts are blocked, waits until one of them continues.
bool Mechanism::isAnybodyReady()
{
    while (m_trouble == None && m_ready == 0 && m_blocked != 0)
        waitForAnyOf(m_blocked);
    return m_trouble == None && m_ready != 0;
}

void Mechanism::step(int script)
{
    // Step::Blocked does not count: a script may be blocked in one run and not in another.
    if (m_steps.size() - m_blockedSteps >= maximumSteps) {
        m_trouble = TimedOut;
        m_troubleText = QStringLiteral("%1 keeps taking steps: the order has more than %2 steps, the last one %3. A script that polls in a loop with a pause point never lets the other scripts run, so what it polls "
                                       "for never happens. Wait for a mutex, a semaphore or a condition variable instead, or move the pause point out of the loop.")
                            .arg(actor(script).name())
                            .arg(maximumSteps)
                            .arg(lastPlace(script, m_steps));
        return;
    }
    m_ready &= ~setOf(script);
    if (at(script).track > 0)
        Trace::instance()->goes(at(script).track);
    at(script).actor->go();
    if (at(script).actor->waitForStop(QDeadlineTimer()) || watch(script))
        hasStopped(script);
    settle(m_blocked & ~setOf(script), 0);
}

// The last step may have woken up blocked scripts, and these may have woken up others. stopped: scripts that are known to have paused or
// ended. Their steps are recorded in the order in which that happened.
void Mechanism::settle(Scripts scripts, Scripts stopped)
{
    while (scripts != 0) {
        const Scripts stoppedNow = filter(scripts, [this](int script) { return m_trouble == None && watch(script); });
        stopped |= stoppedNow;
        scripts = stoppedNow != 0 ? m_blocked & ~stopped : 0;
    }
    if (std::popcount(stopped) > 1 || filter(stopped, [this](int script) { return isWaitOfOthers(script); }) != 0)
        m_choices.add(SystemsChoices::WhoGoesOnFirst);
    std::vector<int> inTurn;
    forEach(stopped, [&inTurn](int script) { inTurn.push_back(script); });
    std::sort(inTurn.begin(), inTurn.end(), [this](int one, int other) { return actor(one).stoppedAt() < actor(other).stoppedAt(); });
    for (const int script : inTurn)
        hasStopped(script);
}

// Whether scripts that are still blocked wait on the same address as this one did.
bool Mechanism::isWaitOfOthers(int script) const
{
    const quintptr wait = at(script).wait;
    return wait != 0 && filter(m_blocked & ~setOf(script), [&](int other) { return at(other).wait == wait; }) != 0;
}

void Mechanism::hasStopped(int script)
{
    const Scripts bit = setOf(script);
    const bool wasBlocked = (m_blocked & bit) != 0;
    m_blocked &= ~bit;
    const Actor &stopped = actor(script);
    if (!stopped.hasEnded())
        m_ready |= bit;
    addStep({ static_cast<quint8>(script), stopped.hasEnded() ? Step::Done : Step::AtPoint, !wasBlocked, stopped.point() });
}

void Mechanism::addStep(const Step &step)
{
    m_steps.push_back(step);
    const int track = at(step.script).track;
    if (track == 0)
        return;
    if (step.end != Step::Blocked)
        Trace::instance()->stands(track);
    Trace::instance()->happens(track, step.end == Step::Blocked ? QStringLiteral("blocked") : step.end == Step::Done ? QStringLiteral("ended")
                                                                                                                     : haltedText(step.point));
}

// Waits until a running script pauses or ends. False if it is blocked or times out.
bool Mechanism::watch(int script)
{
    const bool wasBlocked = (m_blocked & setOf(script)) != 0;
    Patience patience = Patience::fromProperty(m_timeout);
    std::optional<OutsideWait> outside;
    ActivityReport &report = at(script).report;
    report = {};
    const QDeadlineTimer mayLookForIt(patienceWithoutEvents, Qt::PreciseTimer);
    for (LookInterval interval;;) {
        if (at(script).actor->waitForStop(interval.next()))
            return true;
        const ActivityReport last = std::exchange(report, look(script));
        const bool waits = report.activity == ActivityReport::Blocked || report.activity == ActivityReport::Sleeping || report.activity == ActivityReport::InEventLoop
            || report.activity == ActivityReport::Awaiting;
        const bool wasServed = (waits || mayLookForIt.hasExpired()) && m_events.deliver(ServedEvents::Posted);
        if (wasServed || !report.isSameWait(last))
            outside.emplace(m_timeout);
        else if (!report.isAnsweredFromOutside || outside->isLong(report.cpuTime != last.cpuTime))
            break;
        if (!patience.tick()) {
            if (!wasBlocked)
                addBlocked(script, QStringLiteral("made no progress")); // for the order, it is blocked, too
            isLate(script, patience.waited());
            return false;
        }
    }
    becomesBlocked(script);
    if (!wasBlocked)
        addBlocked(script, waitText(report));
    return false;
}

void Mechanism::becomesBlocked(int script)
{
    const ActivityReport &report = at(script).report;
    m_blocked |= setOf(script);
    at(script).wait = report.address;
    m_anyBlockedFromOutside |= report.isAnsweredFromOutside;
    if (report.endsByItself)
        m_choices.add(SystemsChoices::Timeout);
    if (report.activity == ActivityReport::Awaiting)
        m_choices.add(SystemsChoices::Await);
    m_choices.lookForThreads(scriptThreads());
}

ActivityReport Mechanism::look(int script) const
{
    ActivityReport report = at(script).actor->activity();
    if (report.waitsHere())
        report.lockName = lockNameAt(report.address);
    return report;
}

void Mechanism::isLate(int script, qint64 waited)
{
    const QString doing = activityText(at(script).report);
    m_trouble = TimedOut;
    m_troubleText = QStringLiteral("The step of %1 did not finish within %2 ms. Now it %3. If it only needs more time, raise setTimeout() or set QSEAMSTRESS_TIMEOUT_FACTOR.")
                        .arg(actor(script).name())
                        .arg(waited)
                        .arg(doing.isEmpty() ? QStringLiteral("does something that this system does not report") : doing);
    if (at(script).report.activity == ActivityReport::Sleeping)
        m_troubleText += QStringLiteral(" If it polls for something that a paused script holds, as QLockFile::lock() does, it never gets it. Use a lock that blocks, or tryLock() so that the step "
                                        "ends.");
}

void Mechanism::addBlocked(int script, const QString &text)
{
    ++m_blockedSteps;
    addStep({ static_cast<quint8>(script), Step::Blocked, true, {}, text });
}

bool Mechanism::waitForAnyOf(Scripts scripts)
{
    Patience patience = Patience::fromProperty(m_timeout);
    std::optional<Patience> allBlocked;
    std::optional<StandStill> still; // since all are blocked
    for (LookInterval interval;;) {
        const QDeadlineTimer nextLook = interval.next();
        const Scripts stopped = filter(m_blocked, [&](int script) { return at(script).actor->waitForStop(nextLook); });
        if (stopped != 0) {
            settle(m_blocked & ~stopped, stopped);
            still.reset();
            if (m_trouble != None || (scripts & ~m_blocked) != 0)
                return m_trouble == None;
            continue;
        }
        if (m_events.deliver(ServedEvents::All))
            still.reset();
        const bool isFirstLook = !still;
        if (isFirstLook)
            still.emplace();
        else if (allBlocked->tick())
            continue; // looking at all threads takes long if there are many
        forEach(m_blocked, [this](int script) { at(script).report = look(script); });
        if (!isDeadlock(*still)) {
            still.reset();
        } else if (isFirstLook) {
            allBlocked = Patience::fromProperty(deadlockPatience);
        } else {
            // With processes, the event loop always waits for descriptors: those through which it receives the reports of the processes.
            if (!doesEventLoopGoOnByItself(processes().size() > 1 ? GoesOnBy::Timers : GoesOnBy::TimersAndDescriptors)) {
                if (m_ready != 0)
                    return false;
                m_trouble = Deadlock;
                m_troubleText = QStringLiteral("No script can continue:\n") + stuckText(m_scripts, m_blocked, m_steps);
                return false;
            }
            still.reset();
        }
        if (!patience.tick() && !still) {
            m_trouble = TimedOut;
            QStringList lines{ QStringLiteral("No script made progress for %1 ms.").arg(patience.waited()), stuckText(m_scripts, m_blocked, m_steps) };
            lines += StandStill().helpers(scriptThreads());
            lines += QStringLiteral("If the scripts only need more time, raise setTimeout() or set QSEAMSTRESS_TIMEOUT_FACTOR.");
            m_troubleText = lines.join(QLatin1Char('\n'));
            return false;
        }
    }
}

// Whether all wait forever and nothing else in the program can wake them up. Does not consider the event loop of this thread.
bool Mechanism::isDeadlock(const StandStill &still) const
{
    const SharedMemory shared; // read once for all scripts
    return filter(m_blocked, [&](int script) { return goesOnByItself(script, shared); }) == 0 && still.helpers(scriptThreads()).isEmpty();
}

bool Mechanism::goesOnByItself(int script, const SharedMemory &shared) const
{
    const ActivityReport &report = at(script).report;
    if (report.activity == ActivityReport::Awaiting)
        return actor(script).processId() != 0 || (actor(script).stepHere() == nullptr && whatEndsByItself(actor(script).threadId(), shared));
    return mayEndByItself(report, shared, processes());
}

QList<qint64> Mechanism::scriptThreads() const
{
    QList<qint64> threads;
    for (int script = 0; script < count(); ++script)
        threads.append(actor(script).threadId());
    return threads;
}

// The processes in which the scripts run. 0 is this process.
QList<qint64> Mechanism::processes() const
{
    QList<qint64> processes{ 0 };
    for (int script = 0; script < count(); ++script) {
        if (const qint64 process = actor(script).processId(); process != 0)
            processes.append(process);
    }
    return processes;
}

void Mechanism::finish()
{
    if (m_trouble == Deadlock)
        abandon(m_blocked);
    if (const Scripts left = filter(allOf(count()), [this](int script) { return !actor(script).hasEnded(); }); left != 0)
        letAllEnd(left);
    // Events that the scripts posted to this thread belong to this order.
    for (int round = 0; round < maximumRounds && m_events.deliver(ServedEvents::Posted); ++round) { }
    if (m_choices.endsOrder())
        m_choices.lookForThreads(scriptThreads());
}

void Mechanism::letAllEnd(Scripts left)
{
    forEach(left, [this](int script) { at(script).actor->goToEnd(); });
    LookInterval interval;
    const auto haveAllEnded = [&](QDeadlineTimer) {
        left &= ~filter(left, [&](int script) { return at(script).actor->waitForStop(interval.next()); });
        if (left != 0)
            m_events.deliver(ServedEvents::Posted);
        return left == 0;
    };
    const int patience = std::max(m_timeout, patienceOfTheEnd) / 2;
    if (!waitPatiently(patience, haveAllEnded)) {
        forEach(left, [this](int script) { at(script).actor->requestInterruption(); });
        waitPatiently(patience, haveAllEnded);
    }
    abandon(left);
}

void Mechanism::abandon(Scripts scripts)
{
    forEach(scripts, [this](int script) {
        m_choices.forget(actor(script).threadId());
        m_troubleText += QLatin1Char('\n') + at(script).actor->abandon();
    });
}

} // namespace QSeamstressPrivate
