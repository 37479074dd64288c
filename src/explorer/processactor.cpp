// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QtCore/QObject>

#include <utility>

#include "../base/patience_p.h"
#include "../process/child_p.h"
#include "../process/processbackend_p.h"
#include "actor_p.h"

namespace QSeamstressPrivate {

namespace {

// A script in a process of its own, a new one each time.
class ProcessActor final : public Actor
{
public:
    ProcessActor(const QString &name, const ScriptSource &source)
        : Actor(name)
        , m_source(source)
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
            m_backend.retarget({ Target::End, {} }, ++m_order);
        else
            go({ Target::End, {} });
    }

    bool waitForStop(QDeadlineTimer deadline) override
    {
        while (m_isOnItsWay && !hear()) {
            m_backend.waitForEvent(*m_mailbox, deadline);
            if (!hear() && deadline.hasExpired())
                return false;
        }
        return true;
    }

    qint64 processId() const override { return m_backend.processId(); }
    ActivityReport activity() override { return m_backend.activity(false); }

    QString abandon() override
    {
        m_backend.kill();
        const bool hasEnded = waitPatiently(Child::patienceWithSystem, [this](QDeadlineTimer deadline) { return waitForStop(deadline); });
        const QString rest = hasEnded ? QString() : QStringLiteral(" That it has ended has not been heard of since.");
        m_isOnItsWay = false;
        standAtEnd({}); // that it was killed is no news
        return QStringLiteral("The process of %1 was killed.").arg(name()) + rest;
    }

private:
    void go(const Target &target)
    {
        m_isOnItsWay = true;
        if (m_mailbox) {
            m_backend.letGo(target, ++m_order);
            return;
        }
        m_mailbox = std::make_shared<Mailbox>(&m_owner, Timeline::Place{});
        m_mailbox->beginAttending(); // to the end: it is never left to the event loop
        if (const QSeamstressError error = m_backend.launch({ m_source, nullptr, nullptr, m_mailbox, target, ++m_order, name(), quotedName(), &m_owner })) {
            m_isOnItsWay = false;
            standAtEnd({ error });
        }
    }

    // What the process has told. True if it stands.
    bool hear()
    {
        while (const std::optional<ScriptEvent> event = m_mailbox->take()) {
            if (event->type == ScriptEvent::Halted && event->order != m_order)
                continue; // it has been let go since
            m_isOnItsWay = false;
            const qint64 stoppedAt = m_backend.stoppedAt();
            if (event->type == ScriptEvent::Halted) {
                standAtPoint(event->point, stoppedAt);
            } else {
                m_backend.join(QDeadlineTimer());
                standAtEnd(event->errors, stoppedAt);
            }
        }
        return !m_isOnItsWay;
    }

    const ScriptSource m_source;
    QObject m_owner;
    ProcessBackend m_backend;
    std::shared_ptr<Mailbox> m_mailbox; // of this order, once it has begun
    quint32 m_order = 0;
    bool m_isOnItsWay = false;
};

} // namespace

std::unique_ptr<Actor> makeProcessActor(const QString &name, const ScriptSource &source)
{
    return std::make_unique<ProcessActor>(name, source);
}

} // namespace QSeamstressPrivate
