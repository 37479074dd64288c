// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ACTOR_P_H
#define ACTOR_P_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QList>

#include <atomic>
#include <memory>

#include "../base/whereabouts_p.h"
#include "../platform/platform_p.h"
#include "../script/scripthost_p.h"
#include "qseamstresserror.h"
#include "qseamstressscriptsource.h"

namespace QSeamstressPrivate {

// One script that an explorer runs again and again, step by step. It stands at its beginning, at a pause point or at its end, or it is on
// its way. Called by the explorer's thread only.
class Actor
{
public:
    explicit Actor(const QString &name)
        : m_name(name)
        , m_quotedName(QLatin1Char('"') + name + QLatin1Char('"'))
    {
    }
    virtual ~Actor() = default;
    Q_DISABLE_COPY_MOVE(Actor)

    const QString &name() const { return m_name; }
    const QString &quotedName() const { return m_quotedName; } // how messages call it

    // To its beginning. Not while it is on its way.
    virtual void begin() = 0;
    // On to its next pause point, or to its end.
    virtual void go() = 0;
    // On to its end, halting nowhere; also while it is on its way.
    virtual void goToEnd() = 0;
    // False if it is still on its way at the deadline.
    virtual bool waitForStop(QDeadlineTimer deadline) = 0;
    // While it is on its way.
    virtual ActivityReport activity() = 0;
    virtual qint64 threadId() const { return -1; } // in this process
    virtual qint64 processId() const { return 0; } // 0: this one
    // If its steps are calls in the explorer's own thread: the number of the one that runs, 0 while none does. Else null.
    virtual const std::atomic<quint64> *stepHere() const { return nullptr; }

    // Once it stands.
    bool hasEnded() const { return m_hasEnded; }
    const QString &point() const { return m_point; }
    const QList<QSeamstressError> &errors() const { return m_errors; } // at its end
    qint64 stoppedAt() const { return m_stoppedAt; } // when it came there, as Whereabouts::now() says

    virtual void requestInterruption() { }
    // It is on its way and does not end: leaves it, and what it has, alone, or ends it by force. Then it stands at its end.
    // Returns what became of it, in a sentence.
    virtual QString abandon() = 0;

protected:
    void standAtPoint(const QString &point, qint64 now = Whereabouts::now())
    {
        m_stoppedAt = now;
        m_hasEnded = false;
        m_point = point;
    }
    void standAtEnd(const QList<QSeamstressError> &errors, qint64 now = Whereabouts::now())
    {
        m_stoppedAt = now;
        m_hasEnded = true;
        m_point.clear();
        m_errors = errors;
    }
    void standAtBeginning()
    {
        m_hasEnded = false;
        m_errors.clear();
    }

private:
    const QString m_name;
    const QString m_quotedName;
    QString m_point;
    bool m_hasEnded = false;
    qint64 m_stoppedAt = 0;
    QList<QSeamstressError> m_errors;
};

std::unique_ptr<Actor> makeTaskActor(const QString &name, const ScriptSource &source);
std::unique_ptr<Actor> makeThreadActor(const QString &name, const ScriptSource &source);
std::unique_ptr<Actor> makeProcessActor(const QString &name, const ScriptSource &source);

} // namespace QSeamstressPrivate

#endif // ACTOR_P_H
