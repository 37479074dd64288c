// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What each verb does, and what may change between verbs.

#include "executordata_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QScopeGuard>
#include <QtCore/QThread>

#include <algorithm>
#include <limits>
#include <utility>

#include "../base/standstill_p.h"
#include "../base/verbwatch_p.h"
#include "../script/errordata_p.h"
#include "../timeline/failurehandler_p.h"
#include "messages_p.h"
#include "shutdown_p.h"
#include "verbwait_p.h"

namespace QSeamstressPrivate {

ExecutorData::ExecutorData(QSeamstressExecutor *executor, std::unique_ptr<Backend> backend)
    : notifications(executor)
    , errors(notifications)
    , backend(std::move(backend))
    , m_executor(executor)
{
}

bool ExecutorData::call(const Request &request)
{
    if (!isOwnersThread(request.function))
        return false;
    const Guard alive(m_executor);
    const std::optional<QDeadlineTimer> deadline = inRealTime(request.deadline);
    const VerbWatch::Verb isInVerb;
    if (const QString refusal = waitRefusal(); !refusal.isEmpty()) {
        misuse(request.function, refusal);
        notifications.emitAll();
        return false;
    }

    Patience patience = deadline ? Patience(*deadline) : Patience::fromProperty(waitsForEnd(request.verb) ? timeout : pauseTimeout);
    beginWaiting();
    m_verbsDeadline = patience.deadline();
    const auto end = qScopeGuard([this, &alive] {
        if (alive)
            endWaiting();
    });
    const Outcome outcome = act(request);
    notifications.emitAll();
    bool succeeded = outcome == Outcome::Succeeded;
    if (alive && outcome == Outcome::Waiting)
        succeeded = VerbWait(*this, request, patience).wait();
    if (alive && !succeeded)
        errors.seeLast(); // reported by this verb
    return alive && succeeded;
}

// Returns why no verb can wait now. Empty if one can.
QString ExecutorData::waitRefusal() const
{
    if (backend->isOnTheStack())
        return QStringLiteral("is inside a step of its script, which called this and would wait for itself; call this from outside the script, or use finish()");
    if (m_verbActive)
        return QStringLiteral("is waiting in another verb, which invoked this slot; call this after that verb has returned");
    if (waitMode == QSeamstressExecutor::ProcessEvents && !backend->runsOnOwnersEventLoop && !QCoreApplication::instance())
        return QStringLiteral("cannot process events, since there is no QCoreApplication; create one in main() or use QSeamstressExecutor::Blocking");
    return {};
}

// Called by the destructor of each class in the hierarchy.
void ExecutorData::shutDown()
{
    if (std::exchange(m_isShutDown, true))
        return;
    const RealTime realTime;
    // A slot that deletes the executor on a phase change must not receive another one from the destructor.
    notifications.silence();
    if (QThread::currentThread() != m_executor->thread()) {
        qWarning("%s: destroyed in a thread that does not own it. Delete it in its own thread, for example with deleteLater().",
                 m_executor->metaObject()->className());
        waitMode = QSeamstressExecutor::Blocking;
    }
    // Without endWaiting(): a verb that is called while events are processed must fail.
    beginWaiting();
    if (isRunning())
        Shutdown(*this).endScript();
    if (m_mailbox)
        errors.addUnseen(m_mailbox->disown());
    errors.reportUnseen();
    Timeline::instance().executorDestroyed();
}

void ExecutorData::beginWaiting()
{
    m_verbActive = true;
    m_attending = !processesEvents();
    if (m_attending && m_mailbox)
        m_mailbox->beginAttending();
}

void ExecutorData::endWaiting()
{
    if (std::exchange(m_attending, false) && m_mailbox)
        m_mailbox->endAttending();
    m_verbActive = false;
}

void ExecutorData::callWithoutWaiting(const Request &request)
{
    if (!isOwnersThread(request.function))
        return;
    const RealTime realTime;
    if (m_verbActive)
        misuse(request.function, QStringLiteral("is waiting in a verb, which invoked this slot; call this after that verb has returned"));
    else
        act(request);
    notifications.emitAll();
}

static bool isKnownOnEverySystem(QSeamstressExecutor::Activity activity)
{
    return activity == QSeamstressExecutor::NotRunning || activity == QSeamstressExecutor::Halted || activity == QSeamstressExecutor::Awaiting;
}

ExecutorData::Outcome ExecutorData::act(const Request &request)
{
    const Verb verb = request.verb;
    const Target target = verb == Verb::RunTo ? Target{ Target::NamedPoint, request.point } : Target{ verb == Verb::Exit ? Target::End : Target::NextPoint, {} };
    const Action action = actionOf(verb, phase);
    switch (action) {
    case Action::Start:
        return start(request.function, target);
    case Action::LetGo:
    case Action::Retarget:
        m_target = target;
        ++m_order;
        isLetGo();
        if (verb == Verb::Exit)
            setPhase(QSeamstressExecutor::TearingDown);
        else if (action == Action::LetGo)
            setPhase(QSeamstressExecutor::Running);
        m_mailbox->addToTimeline(target.kind == Target::End             ? QStringLiteral("asked to finish")
                                     : target.kind == Target::NextPoint ? QStringLiteral("resumed")
                                                                        : QStringLiteral("resumed to \"%1\"").arg(target.point),
                                 Timeline::Turn::Goes);
        action == Action::LetGo ? backend->letGo(target, m_order) : backend->retarget(target, m_order);
        return Outcome::Waiting;
    case Action::Cancel:
        if (cancelScript(Backend::PlainCode::GoesOn))
            return Outcome::Waiting;
        return misuse(request.function, QStringLiteral("is paused in plain code, where it cannot be ended; call exit(), which lets it continue, or make the script a coroutine that pauses with co_yield"));
    case Action::WaitIfItRuns:
        if (request.activity == QSeamstressExecutor::Halted)
            return Outcome::Succeeded;
        if (!backend->runsWhilePaused())
            break;
        [[fallthrough]];
    case Action::Wait:
        if (verb != Verb::WaitForActivity)
            return Outcome::Waiting;
        if (const QString refusal = refusalOf(request); !refusal.isEmpty())
            return misuse(request.function, refusal);
        if (!isActivityAvailable() && !backend->runsOnOwnersEventLoop && !isKnownOnEverySystem(request.activity))
            return doesNotDoThat(request);
        if (request.lock.type)
            m_askedLock = request.lock;
        return Outcome::Waiting;
    case Action::Succeed:
        return Outcome::Succeeded;
    case Action::FailAsBefore:
        errors.tellScripts();
        return Outcome::Failed;
    case Action::NeverPaused:
        return neverPaused();
    case Action::DoesNothing:
        return request.activity == QSeamstressExecutor::NotRunning ? Outcome::Succeeded : doesNotDoThat(request);
    case Action::Misuse:
        break;
    }
    return misuse(request.function, misuseText(verb, phase));
}

void ExecutorData::isLetGo()
{
    backend->pauseTimeout = pauseTimeout;
    m_sinceLetGo.start();
    m_toldOfEventLoop = false;
}

// Returns false if the script is paused in plain code and stays there.
bool ExecutorData::cancelScript(Backend::PlainCode plainCode)
{
    if (!backend->cancel(plainCode))
        return false;
    ++m_order; // its pauses are ignored from now on
    m_target = { Target::End, {} };
    isLetGo();
    if (phase != QSeamstressExecutor::TearingDown)
        setPhase(QSeamstressExecutor::TearingDown);
    return true;
}

// A step that runs the event loop cannot pause there, and a verb that waits for the script cannot return.
void ExecutorData::stepHasEventLoop()
{
    const bool waitsOn = m_verbActive && !m_verbsDeadline.hasExpired();
    if (!backend->isOnTheStack() || waitsOn || std::exchange(m_toldOfEventLoop, true))
        return;
    const QString text = nestedEventLoopText(name(), m_sinceLetGo.elapsed(), passedPoints());
    qWarning("QSeamstressTask: %s", qPrintable(text));
    reportFailure(text);
}

ExecutorData::Outcome ExecutorData::start(const char *function, const Target &target)
{
    errors.reportUnseen();
    if (m_source.isNull())
        return misuse(function, m_source.refusal.isEmpty() ? QStringLiteral("has no script; pass one to the constructor, or call setScript() or setConfig() first") : m_source.refusal);

    if (const QString refusal = config ? config->refusal() : QString(); !refusal.isEmpty())
        return misuse(function, refusal);

    const QString column = m_executor->objectName().isEmpty() ? QString::fromLatin1(m_executor->metaObject()->className()) : m_executor->objectName();
    const auto mailbox = std::make_shared<Mailbox>(m_executor, Timeline::instance().beginRun(column));
    if (m_attending)
        mailbox->beginAttending();
    // Events of a previous run. Not after launch(), which may already have posted one for this run.
    QCoreApplication::removePostedEvents(m_executor, Mailbox::wakeUpEventType());
    mailbox->addToTimeline(QStringLiteral("started"), Timeline::Turn::Goes);
    isLetGo();
    const QSeamstressError refused = backend->launch({ m_source, config, m_sharedConfig, mailbox, target, m_order + 1, m_executor->objectName(), name(), m_executor });
    if (refused.code() == QSeamstressError::InvalidUse)
        return misuse(function, refused.message());
    if (refused.code() == QSeamstressError::NoRunningEventLoop) {
        errors.verbFailed(refused);
        return Outcome::Failed;
    }

    m_mailbox = mailbox;
    m_askedLock = {};
    m_namedLock.emplace(m_source.lock, m_executor->objectName());
    m_target = target;
    ++m_order;
    errors.begin();
    if (refused) {
        isOver({ refused });
        return Outcome::Failed;
    }
    setPhase(QSeamstressExecutor::SettingUp);
    return Outcome::Waiting;
}

bool ExecutorData::processesEvents() const
{
    if (backend->runsOnOwnersEventLoop)
        return QThread::currentThread() == m_executor->thread(); // false in a destructor that runs in another thread
    return waitMode == QSeamstressExecutor::ProcessEvents && QCoreApplication::instance();
}

// Waits for an event or the deadline. May return early.
void ExecutorData::waitStep(EventWait &events, QDeadlineTimer deadline)
{
    processesEvents() ? events.step(deadline) : backend->waitForEvent(*m_mailbox, deadline);
}

// Whether the script waits for something that only another thread could release, and none will: the owner's thread waits for the script.
bool ExecutorData::isStuck() const
{
    if (processesEvents() || isDebuggerAttached())
        return false; // an event, or the user of the debugger, may release it
    const StandStill still;
    return still.isStuck(activity());
}

bool ExecutorData::mayChange(const char *function, const char *what)
{
    if (!isRunning())
        return true;
    misuse(function, QStringLiteral("is running, so its %1 cannot be changed; call exit() first").arg(QLatin1String(what)));
    notifications.emitAll();
    return false;
}

void ExecutorData::setSource(const char *function, const ScriptSource &source, const std::shared_ptr<ConfigData> &newConfig, const std::shared_ptr<QSeamstressConfig> &shared)
{
    if (!mayChange(function, "script"))
        return;
    m_source = source;
    m_sharedConfig = shared;
    if (std::exchange(config, newConfig) != newConfig)
        Q_EMIT m_executor->configChanged();
}

void ExecutorData::setMilliseconds(const char *function, int &property, qint64 milliseconds)
{
    if (milliseconds < -1)
        warn(function, QStringLiteral("cannot wait %1 ms; pass 0 or more milliseconds, or -1 to wait forever").arg(milliseconds));
    else
        property = static_cast<int>(std::min<qint64>(milliseconds, std::numeric_limits<int>::max()));
}

bool ExecutorData::isOwnersThread(const char *function) const
{
    if (QThread::currentThread() == m_executor->thread())
        return true;
    // Not even objectName() may be read from this thread.
    qWarning("%s::%s: called from a thread that does not own the executor; the call has no effect. Call it from the executor's thread, for "
             "example with QMetaObject::invokeMethod().",
             m_executor->metaObject()->className(), function);
    return false;
}

ActivityReport ExecutorData::activity() const
{
    if (!isRunning())
        return { ActivityReport::NotRunning };
    ActivityReport report = backend->activity(phase == QSeamstressExecutor::Paused);
    const bool isOfScript = m_source.lock.contains(report.address);
    if (isOfScript)
        report.lockName = givenNameAt(report.address);
    else if (report.waitsHere())
        report.lockName = lockNameAt(report.address);
    if (isOfScript || m_askedLock.contains(report.address))
        report.lockType = demangled(isOfScript ? *m_source.lock.type : *m_askedLock.type);
    return report;
}

PassedPoints ExecutorData::passedPoints() const
{
    PassedPoints passed = m_mailbox->passedPoints();
    if (const QString inside = backend->lastPointInside(); !inside.isNull())
        passed.withoutScript.append({ inside, 1 });
    return passed;
}

bool ExecutorData::isRunning() const
{
    return phase != QSeamstressExecutor::Idle && phase != QSeamstressExecutor::Finished && phase != QSeamstressExecutor::Failed;
}

} // namespace QSeamstressPrivate
