// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QtCore/QObject>

#include <utility>

#include "../process/processbackend_p.h"
#include "../thread/threadbackend_p.h"
#include "actor_p.h"

namespace QSeamstressPrivate {

namespace {

// A script that runs in another thread or process, as in an executor. Each order is a separate run.
class BackendActor final : public Actor
{
public:
    // abandonedText: what the report says if it is abandoned; %1 is its name.
    BackendActor(const QString &name, const ScriptSource &source, std::unique_ptr<Backend> backend, const QString &abandonedText)
        : Actor(name)
        , m_source(source)
        , m_backend(std::move(backend))
        , m_abandonedText(abandonedText)
    {
    }

    void begin() override
    {
        m_mailbox.reset();
        standAtBeginning();
    }

    void go() override { go({}); }

    void goToEnd() override
    {
        if (m_isOnItsWay)
            m_backend->retarget({ Target::End, {} }, ++m_order);
        else
            go({ Target::End, {} });
    }

    bool waitForStop(QDeadlineTimer deadline) override
    {
        while (m_isOnItsWay && !hear()) {
            m_backend->waitForEvent(*m_mailbox, deadline);
            if (!hear() && deadline.hasExpired())
                return false;
        }
        return true;
    }

    ActivityReport activity() override { return m_backend->activity(false); }
    qint64 threadId() const override { return m_backend->threadId(); }
    qint64 processId() const override { return m_backend->processId(); }
    void requestInterruption() override { m_backend->requestInterruption(); }

    QString abandon() override
    {
        m_backend->abandon();
        m_isOnItsWay = false;
        standAtEnd({}); // without an error, since the report already says that it was abandoned
        return m_abandonedText.arg(name());
    }

private:
    void go(const Target &target)
    {
        m_isOnItsWay = true;
        if (m_mailbox) {
            m_backend->letGo(target, ++m_order);
            return;
        }
        m_mailbox = std::make_shared<Mailbox>(&m_owner, Timeline::Place{});
        m_mailbox->beginAttending(); // to the end, since the event loop never delivers its events
        if (const QSeamstressError error = m_backend->launch({ m_source, nullptr, nullptr, m_mailbox, target, ++m_order, name(), quotedName(), &m_owner })) {
            m_isOnItsWay = false;
            standAtEnd({ error });
        }
    }

    // Takes the events of the script. True if it is paused or has ended.
    bool hear()
    {
        while (const std::optional<ScriptEvent> event = m_mailbox->take()) {
            if (event->type == ScriptEvent::Halted && event->order != m_order)
                continue; // it has been resumed since
            m_isOnItsWay = false;
            const qint64 stoppedAt = m_backend->stoppedAt();
            if (event->type == ScriptEvent::Halted) {
                standAtPoint(event->point, stoppedAt);
            } else {
                m_backend->join(QDeadlineTimer());
                standAtEnd(event->errors, stoppedAt);
            }
        }
        return !m_isOnItsWay;
    }

    const ScriptSource m_source;
    QObject m_owner;
    const std::unique_ptr<Backend> m_backend;
    const QString m_abandonedText;
    std::shared_ptr<Mailbox> m_mailbox; // of this order, once it has begun
    quint32 m_order = 0;
    bool m_isOnItsWay = false;
};

} // namespace

std::unique_ptr<Actor> makeThreadActor(const QString &name, const ScriptSource &source)
{
    return std::make_unique<BackendActor>(name, source, std::make_unique<ThreadBackend>(ThreadBackend::KeepsThread::Yes), QStringLiteral("The thread of %1 was abandoned, along with everything that its script captured."));
}

std::unique_ptr<Actor> makeProcessActor(const QString &name, const ScriptSource &source)
{
    return std::make_unique<BackendActor>(name, source, std::make_unique<ProcessBackend>(), QStringLiteral("The process of %1 was killed."));
}

} // namespace QSeamstressPrivate
