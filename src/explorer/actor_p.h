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

// One script that an explorer runs repeatedly, step by step. It is at its beginning, at a pause point or at its end, or it is running.
// To be called by the explorer's thread only.
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
    const QString &quotedName() const { return m_quotedName; } // for messages

    // Sets it to its beginning. Not while it is running.
    virtual void begin() = 0;
    // Lets it run to its next pause point or to its end.
    virtual void go() = 0;
    // Lets it run to its end without pausing, even while it is running.
    virtual void goToEnd() = 0;
    // False if it is still running at the deadline.
    virtual bool waitForStop(QDeadlineTimer deadline) = 0;
    // While it is running.
    virtual ActivityReport activity() = 0;
    virtual qint64 threadId() const { return -1; } // in this process
    virtual qint64 processId() const { return 0; } // 0: this one
    // The number of the step that runs now, 0 while none does. Null unless its steps are calls in the explorer's own thread.
    virtual const std::atomic<quint64> *stepHere() const { return nullptr; }

    // While it is paused or has ended.
    bool hasEnded() const { return m_hasEnded; }
    const QString &point() const { return m_point; }
    const QList<QSeamstressError> &errors() const { return m_errors; } // at its end
    qint64 stoppedAt() const { return m_stoppedAt; } // when it got there, by Whereabouts::now()

    virtual void requestInterruption() { }
    // For a running script that does not end: abandons it and everything that it holds, or ends it by force. It then counts as ended.
    // Returns a sentence for the report.
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
        m_point.clear();
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
