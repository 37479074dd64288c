// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef BREAKPOINT_P_H
#define BREAKPOINT_P_H

#include <QtCore/QObject>
#include <QtCore/QVariant>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "ownerwatch_p.h"
#include "passesbythreads_p.h"
#include "qseamstresserror.h"

namespace QSeamstressPrivate {

struct BreakpointSettings
{
    // Shared, since they may have a state of their own, which all who call them see.
    using Condition = std::function<bool(const QVariant &value)>;
    using Action = std::function<void()>;
    std::shared_ptr<const Condition> condition; // null if there is none
    QString threadName; // any if empty
    int ignoreCount = 0;
    int toIgnore = 0; // of these, from now on
    std::shared_ptr<const Action> action; // likewise
    bool haltsAll = false;
    int timeout = 5000; // ms
};

// A breakpoint as the threads that come to it and its owner share it: a thread that stands there may outlive the owner.
class Breakpoint
{
public:
    Breakpoint(QObject *owner, const QString &point);
    Q_DISABLE_COPY_MOVE(Breakpoint)

    // Any thread.
    const QString &point() const { return m_point; }
    BreakpointSettings settings() const;
    template <class Change>
    void change(Change change)
    {
        const std::lock_guard lock(m_mutex);
        change(m_settings);
    }
    bool isArmed() const;
    bool isHit() const;
    int hits() const;
    QVariant value() const;
    QThread *hitThread() const;

    // The owner's side.
    void arm();
    void disarm();
    bool resume(); // false if nobody stands there
    void disown();
    struct News
    {
        int reached = 0; // since the last time
        bool hasChanged = false;
        QList<QSeamstressError> errors;
    };
    News takeNews();
    bool takeHit(); // whether somebody stands there, or the action has run since the last time
    void waitForNews(QDeadlineTimer deadline);
    PassesByThreads passes() const;
    QString reasons() const; // why those who came did not halt, in sentences
    QString whoIsHalted() const; // in a sentence

    static int newsEventType();

    // The side of a thread that reaches a pause point, this one or another.
    void note(const QString &point, const QString &thread);
    enum class Outcome { Passed,
                         Taken, // it has halted, and was let go; or has run the action
                         Busy }; // somebody else stands there; it may wait for its turn
    Outcome reach(const QVariant &value);
    void waitForTurn();

private:
    bool meetsCondition(const BreakpointSettings::Condition &condition, const QVariant &value);
    void halt(std::unique_lock<std::mutex> &lock);
    void runAction(std::unique_lock<std::mutex> &lock, const BreakpointSettings::Action &action);
    bool letGo();
    void failWith(const std::exception_ptr &exception, const QString &what);
    void tellOwner();

    const QString m_point;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed; // whoever waits looks again
    QObject *m_owner;
    std::shared_ptr<const OwnerWatch> m_ownerWatch;
    BreakpointSettings m_settings;
    bool m_isArmed = false;
    bool m_isHit = false;
    quint64 m_turn = 0; // of whoever stands there, or was the last to
    int m_hits = 0;
    int m_refused = 0; // by the condition
    int m_passedByOwner = 0;
    int m_ofOtherNames = 0;
    bool m_hasRun = false; // the action
    QVariant m_value;
    QThread *m_thread = nullptr;
    QString m_threadText; // of whoever stands there
    int m_actions = 0; // that run now
    PassesByThreads m_passes;
    News m_news;
};

} // namespace QSeamstressPrivate

#endif // BREAKPOINT_P_H
