// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtCore/QObject>

#include <atomic>
#include <optional>

#include "../base/eventwait_p.h"
#include "../script/errordata_p.h"
#include "../script/scriptrunner_p.h"
#include "actor_p.h"

namespace QSeamstressPrivate {

namespace {

// A script in the explorer's own thread. Unless it awaits something, a step is a plain call that does not return to the event loop.
class TaskActor final : public Actor, private ScriptHost
{
public:
    TaskActor(const QString &name, const ScriptSource &source)
        : Actor(name)
        , m_source(source)
    {
    }

    void begin() override
    {
        m_runner.emplace(m_source, static_cast<ScriptHost &>(*this), name(), quotedName());
        m_goesToEnd = false;
        m_isReady = false;
        standAtBeginning();
    }

    void go() override
    {
        m_isOnItsWay = true;
        resume(Wake::ByTheExplorer);
    }

    void goToEnd() override
    {
        m_goesToEnd = true;
        if (!m_isOnItsWay)
            go();
    }

    bool waitForStop(QDeadlineTimer deadline) override
    {
        EventWait events;
        while (m_isOnItsWay) {
            if (m_isReady.exchange(false))
                resume(Wake::ByItself);
            if (!m_isOnItsWay)
                break;
            if (deadline.hasExpired())
                return false;
            if (!m_isReady)
                events.step(deadline);
        }
        return true;
    }

    ActivityReport activity() override { return ActivityReport::awaiting(m_runner->awaited()); }

    const std::atomic<quint64> *stepHere() const override { return &m_stepHere; }

    QString abandon() override
    {
        m_runner->stop(ErrorData::make(QSeamstressError::TaskStillExecuting, QStringLiteral("%1 was abandoned before it ended.").arg(quotedName()), name()));
        end(Whereabouts::now());
        return m_isReady ? QStringLiteral("%1 was abandoned at a pause point, because it does not end.").arg(name()) : QStringLiteral("%1 was abandoned while it was waiting in co_await.").arg(name());
    }

private:
    // When it stops matters only if several scripts have been woken up. Reading the clock takes a sixth of a step.
    enum class Wake { ByTheExplorer,
                      ByItself };
    void resume(Wake wake)
    {
        ScriptRunner::Stop stop;
        m_stepHere.store(++m_steps, std::memory_order_relaxed);
        {
            const auto inScript = m_runner->enter();
            stop = m_runner->resume();
        }
        m_stepHere.store(0, std::memory_order_relaxed);
        const qint64 now = wake == Wake::ByItself ? Whereabouts::now() : 0;
        if (stop == ScriptRunner::Ended) {
            end(now);
        } else if (stop == ScriptRunner::AtPausePoint && m_goesToEnd) {
            m_isReady = true; // waitForStop() continues until its deadline, since the script may never end
        } else if (stop == ScriptRunner::AtPausePoint) {
            m_isOnItsWay = false;
            standAtPoint(m_runner->pause().point, now);
        }
    }

    void end(qint64 now)
    {
        m_isOnItsWay = false;
        m_runner->refusePlainCode();
        standAtEnd(m_runner->errors(), now);
    }

    void pauseInPlainCode(const QString &, const QVariant &) override { }
    void setReady() override
    {
        m_isReady = true;
        QCoreApplication::postEvent(&m_receiver, new QEvent(QEvent::None)); // wakes up the event loop
    }
    void cancel(const QSeamstressError &) override { } // there is no config to be deleted

    const ScriptSource m_source;
    std::optional<ScriptRunner> m_runner;
    QObject m_receiver;
    std::atomic<bool> m_isReady = false;
    bool m_isOnItsWay = false;
    bool m_goesToEnd = false;
    quint64 m_steps = 0;
    std::atomic<quint64> m_stepHere = 0;
};

} // namespace

std::unique_ptr<Actor> makeTaskActor(const QString &name, const ScriptSource &source)
{
    return std::make_unique<TaskActor>(name, source);
}

} // namespace QSeamstressPrivate
