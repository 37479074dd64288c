// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QtCore/QThread>

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "../base/eventloopwatch_p.h"
#include "../base/patience_p.h"
#include "../base/scriptactivity_p.h"
#include "../script/gate_p.h"
#include "../script/scriptrunner_p.h"
#include "../thread/abandonedthreads_p.h"
#include "../thread/startedthread_p.h"
#include "actor_p.h"

namespace QSeamstressPrivate {

namespace {

// What comes after the script: destructors of what its thread stores.
constexpr int patienceWithThread = 5000; // ms

// A thread that runs one script again and again.
class ScriptThread final : public QThread, private ScriptObserver
{
public:
    ScriptThread(const QString &name, const QString &quotedName, const ScriptSource &source)
        : m_source(source)
        , m_name(name)
        , m_quotedName(quotedName)
    {
    }
    // What its thread did comes before this, in the eyes of ThreadSanitizer, too: it does not look into QThread::isFinished().
    ~ScriptThread() override { const std::lock_guard lock(m_mutex); }
    Q_DISABLE_COPY_MOVE(ScriptThread)

    // The explorer's side.
    void startScript(const Target &target)
    {
        m_gate.emplace(static_cast<ScriptObserver &>(*this), target, newOrder(), Gate::WhileHalted::Sleep, m_whereabouts);
        std::unique_lock lock(m_mutex);
        m_stop = None;
        m_task = RunScript;
        m_sleeper.wake(lock);
    }

    void letGo(const Target &target) { m_gate->letGo(target, newOrder()); }
    void letGoOnItsWay(const Target &target) { m_gate->retarget(target, newOrder()); }

    enum Stop { None,
                AtPoint,
                AtEnd };
    Stop waitForStop(QDeadlineTimer deadline)
    {
        std::unique_lock lock(m_mutex);
        while (m_stop == None) {
            if (!m_explorersSleeper.sleep(lock, deadline, Sleeper::Looks::Shortly) && m_stop == None)
                return None;
        }
        return m_stop;
    }

    const QString &point() const { return m_point; } // after waitForStop()
    const QList<QSeamstressError> &errors() const { return m_errors; }

    void quitAfterScript()
    {
        std::unique_lock lock(m_mutex);
        m_quits = true;
        m_sleeper.wake(lock);
    }

    bool isAwaiting() const { return m_gate->state() == Gate::Awaiting; }
    QString awaited() const { return m_gate->awaited(); }
    ActivityReport activity() const
    {
        if (m_threadId < 0)
            return { ActivityReport::Computing };
        return activityOfScript(
            { m_threadId }, [this] { return m_whereabouts.isInOurCode != 0 || !m_isInScript; }, [this] { return m_eventLoop->isWaiting(); },
            { ActivityReport::Computing });
    }

    qint64 threadId() const { return m_threadId; }
    qint64 stoppedAt() const { return m_whereabouts.stoppedAt; }

protected:
    void run() override
    {
        m_eventLoop = EventLoopWatch::ofCurrentThread();
        m_threadId = QSeamstressPrivate::currentThreadId(); // tells that the rest is there
        for (std::unique_lock lock(m_mutex);;) {
            while (m_task == Nothing && !m_quits)
                m_sleeper.sleep(lock, QDeadlineTimer::Forever, Sleeper::Looks::Shortly);
            if (m_task == Nothing)
                return;
            lock.unlock();
            QList<QSeamstressError> errors;
            {
                ScriptRunner runner(m_source, *m_gate, m_name, m_quotedName);
                m_isInScript = true;
                m_gate->run(runner);
                m_isInScript = false;
                errors = runner.errors();
            }
            lock.lock();
            m_task = Nothing;
            m_stop = AtEnd;
            m_errors = errors;
            if (m_quits)
                return;
            m_explorersSleeper.wake(lock);
            lock.lock();
        }
    }

private:
    // A halt under an order before this one is not heard of any more; an end is, which may come at any time.
    quint32 newOrder()
    {
        const std::lock_guard lock(m_mutex);
        if (m_stop == AtPoint)
            m_stop = None;
        return ++m_order;
    }

    void reached(const QString &, bool) override { }
    bool halted(const QString &point, const QVariant &, quint32 order) override
    {
        std::unique_lock lock(m_mutex);
        if (order != m_order)
            return false;
        m_stop = AtPoint;
        m_point = point;
        return m_explorersSleeper.wake(lock);
    }

    const ScriptSource m_source;
    const QString m_name;
    const QString m_quotedName;
    Whereabouts m_whereabouts;
    std::optional<Gate> m_gate;
    std::shared_ptr<const EventLoopWatch> m_eventLoop;
    std::atomic<qint64> m_threadId{ -1 };
    std::atomic<bool> m_isInScript = false; // not where the thread waits for a lock of ours, before or after it

    std::mutex m_mutex;
    Sleeper m_sleeper; // the thread's
    Sleeper m_explorersSleeper;
    enum Task { Nothing,
                RunScript };
    Task m_task = Nothing;
    bool m_quits = false;
    quint32 m_order = 0;
    Stop m_stop = None;
    QString m_point;
    QList<QSeamstressError> m_errors;
};

class ThreadActor final : public Actor
{
public:
    ThreadActor(const QString &name, const ScriptSource &source)
        : Actor(name)
        , m_source(source)
    {
    }

    ~ThreadActor() override { endThread(); }

    void begin() override
    {
        if (std::exchange(m_wasInterrupted, false))
            endThread(); // it would find itself interrupted from now on
        m_hasBegun = false;
        m_isOnItsWay = false;
        standAtBeginning();
    }

    void go() override { go({}); }

    void goToEnd() override
    {
        if (m_isOnItsWay)
            m_thread->letGoOnItsWay({ Target::End, {} });
        else
            go({ Target::End, {} });
    }

    bool waitForStop(QDeadlineTimer deadline) override
    {
        if (!m_isOnItsWay)
            return true;
        switch (m_thread->waitForStop(deadline)) {
        case ScriptThread::None:
            return false;
        case ScriptThread::AtPoint:
            standAtPoint(m_thread->point(), m_thread->stoppedAt());
            break;
        case ScriptThread::AtEnd:
            standAtEnd(m_thread->errors(), m_thread->stoppedAt());
            break;
        }
        m_isOnItsWay = false;
        return true;
    }

    ActivityReport activity() override { return m_thread->isAwaiting() ? awaiting(m_thread->awaited()) : m_thread->activity(); }
    qint64 threadId() const override { return m_thread ? m_thread->threadId() : -1; }
    void requestInterruption() override
    {
        m_wasInterrupted = true;
        m_thread->requestInterruption();
    }

    QString abandon() override
    {
        m_thread->quitAfterScript();
        keepAbandoned(std::move(m_thread));
        m_isOnItsWay = false;
        standAtEnd({});
        return QStringLiteral("The thread of %1 is left alone, with what its script has captured.").arg(name());
    }

private:
    void go(const Target &target)
    {
        m_isOnItsWay = true;
        if (std::exchange(m_hasBegun, true)) {
            m_thread->letGo(target);
            return;
        }
        if (!m_thread) {
            auto thread = std::make_unique<ScriptThread>(name(), quotedName(), m_source);
            if (const QSeamstressError error = startThread(*thread, quotedName(), name())) {
                m_isOnItsWay = false;
                standAtEnd({ error });
                return;
            }
            m_thread = std::move(thread);
        }
        m_thread->startScript(target);
    }

    void endThread()
    {
        if (!m_thread)
            return;
        m_thread->quitAfterScript();
        if (!waitPatiently(patienceWithThread, [this](QDeadlineTimer deadline) { return joinThread(*m_thread, m_thread->threadId(), deadline); })) {
            qWarning("QSeamstressExplorer: the thread of %s has not ended within %d ms, after its script. It is left alone; look at what it stores, whose destructors run at its end.",
                     qPrintable(quotedName()), patienceWithThread);
            keepAbandoned(std::move(m_thread));
            return;
        }
        m_thread.reset();
    }

    const ScriptSource m_source;
    std::unique_ptr<ScriptThread> m_thread;
    bool m_wasInterrupted = false;
    bool m_hasBegun = false;
    bool m_isOnItsWay = false;
};

} // namespace

std::unique_ptr<Actor> makeThreadActor(const QString &name, const ScriptSource &source)
{
    return std::make_unique<ThreadActor>(name, source);
}

} // namespace QSeamstressPrivate
