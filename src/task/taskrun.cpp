// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "taskrun_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QThread>
#include <QtCore/QTimerEvent>

#include <optional>
#include <utility>

#include "../script/errordata_p.h"
#include "stepwatchdog_p.h"

namespace QSeamstressPrivate {

// The delay after a failed attempt to take a lock.
static constexpr int retryInterval = 1; // ms

static QEvent::Type stepEventType()
{
    static const int type = QEvent::registerEventType();
    return static_cast<QEvent::Type>(type);
}

std::shared_ptr<TaskRun> TaskRun::make(const RunSettings &settings, int pauseTimeout)
{
    return std::shared_ptr<TaskRun>(new TaskRun(settings, pauseTimeout), [](TaskRun *run) {
        // The last reference may be released in another thread.
        QThread::currentThread() == run->thread() ? delete run : run->deleteLater();
    });
}

TaskRun::TaskRun(const RunSettings &settings, int pauseTimeout)
    : m_settings(settings)
    , m_runner(m_settings.source, *this, m_settings.origin, m_settings.name)
    , m_target(settings.target)
    , m_order(settings.order)
    , m_pauseTimeout(pauseTimeout)
{
}

void TaskRun::postStep()
{
    QCoreApplication::postEvent(this, new QEvent(stepEventType()));
}

void TaskRun::setTarget(const Target &target, quint32 order, int pauseTimeout)
{
    m_target = target;
    m_order = order;
    m_pauseTimeout = pauseTimeout;
}

void TaskRun::letGo(const Target &target, quint32 order, int pauseTimeout)
{
    const std::lock_guard lock(m_mutex);
    setTarget(target, order, pauseTimeout);
    m_state = OnItsWay;
    postStep();
}

void TaskRun::retarget(const Target &target, quint32 order, int pauseTimeout)
{
    std::unique_lock lock(m_mutex);
    setTarget(target, order, pauseTimeout);
    if (m_state != Halted)
        return;
    // The owner does not know of the pause yet. A pause that matches the target is announced again, any other ends.
    if (target.includes(m_runner.pause().point, m_time)) {
        const QSeamstress::Pause pause = m_runner.pause();
        lock.unlock();
        m_settings.mailbox->halted(pause.point, pause.value, order);
        return;
    }
    m_state = OnItsWay;
    postStep();
}

void TaskRun::cancel(const QSeamstressError &error)
{
    const std::lock_guard lock(m_mutex);
    if (!std::exchange(m_isCancelled, true)) {
        m_stopError = error;
        if (!error)
            m_settings.mailbox->cancelled();
    }
    postStep();
}

void TaskRun::keepAlive()
{
    const std::lock_guard lock(m_mutex);
    if (m_state != Over)
        m_self = shared_from_this();
}

void TaskRun::setReady()
{
    const std::lock_guard lock(m_mutex);
    m_isReady = true;
    postStep();
}

ActivityReport TaskRun::activity() const
{
    const std::lock_guard lock(m_mutex);
    if (m_isInStep)
        return { ActivityReport::Computing, ActivityReport::InStep };
    switch (m_state) {
    case Halted:
        return { ActivityReport::Halted };
    case Awaiting:
        return ActivityReport::awaiting(m_runner.awaited());
    case Retrying:
        return { .activity = ActivityReport::Blocked, .detail = ActivityReport::TriesAgain, .address = reinterpret_cast<quintptr>(m_settings.source.lock.address) };
    case OnItsWay:
    case Over:
        break;
    }
    return { ActivityReport::InEventLoop, ActivityReport::WaitsForTurn };
}

bool TaskRun::isOnTheStack() const
{
    const std::lock_guard lock(m_mutex);
    return m_isInStep && QThread::currentThread() == thread();
}

void TaskRun::pauseInPlainCode(const QString &point, const QVariant &)
{
    m_settings.mailbox->reached(point, false);
}

bool TaskRun::event(QEvent *event)
{
    {
        // Synchronises with a thread that posted the event under this mutex: ThreadSanitizer does not see the synchronisation in Qt's
        // event queue.
        const std::lock_guard lock(m_mutex);
    }
    if (event->type() != stepEventType())
        return QObject::event(event);
    step();
    return true;
}

void TaskRun::timerEvent(QTimerEvent *event)
{
    killTimer(event->timerId());
    m_retryTimer = 0;
    step();
}

void TaskRun::step()
{
    const std::shared_ptr<TaskRun> alive = shared_from_this(); // a slot may delete the executor
    std::unique_lock lock(m_mutex);
    // There are more posted events than steps.
    const bool isDue = m_isCancelled || m_state == OnItsWay || (m_state == Awaiting && m_isReady) || (m_state == Retrying && !m_retryTimer);
    if (m_isInStep || m_state == Over || !isDue)
        return;
    m_isInStep = true;
    m_isReady = false;
    const std::optional<QSeamstressError> stopError = m_isCancelled ? std::optional(m_stopError) : std::nullopt;
    const int pauseTimeout = m_pauseTimeout;
    lock.unlock();

    m_settings.mailbox->beginAttending();
    {
        const auto inScript = m_runner.enter();
        const WatchedStep watched(m_settings.name, *m_settings.mailbox, pauseTimeout);
        if (stopError)
            m_runner.stop(*stopError);
        endStep(stopError ? ScriptRunner::Ended : m_runner.resume());
    }
    m_settings.mailbox->endAttendingAndDeliver();
}

void TaskRun::endStep(ScriptRunner::Stop stop)
{
    std::unique_lock lock(m_mutex);
    m_isInStep = false;
    if (m_isCancelled) // during the step, in a nested event loop
        postStep();
    switch (stop) {
    case ScriptRunner::AtPausePoint:
        lock.unlock();
        reachPoint();
        break;
    case ScriptRunner::Awaiting:
        m_state = Awaiting;
        break;
    case ScriptRunner::Retrying:
        m_state = Retrying;
        m_retryTimer = startTimer(retryInterval, Qt::PreciseTimer);
        break;
    case ScriptRunner::Ended:
        m_state = Over;
        m_self.reset(); // step() keeps it alive
        lock.unlock();
        m_runner.refusePlainCode();
        if (m_settings.config)
            m_settings.config->moveBack();
        m_settings.mailbox->ended(m_runner.errors());
        break;
    }
}

void TaskRun::reachPoint()
{
    const QSeamstress::Pause pause = m_runner.pause();
    std::unique_lock lock(m_mutex);
    m_time = ++m_counts[pause.point];
    const bool halts = m_target.includes(pause.point, m_time);
    const quint32 order = m_order;
    m_state = halts ? Halted : OnItsWay;
    lock.unlock();
    m_settings.mailbox->reached(pause.point, halts);
    if (halts)
        m_settings.mailbox->halted(pause.point, pause.value, order);
    else
        postStep(); // lets other tasks run in between
}

} // namespace QSeamstressPrivate
