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
#include <optional>
#include <thread>

#include "../script/passedpoints_p.h"
#include "ownerwatch_p.h"
#include "qseamstresserror.h"

namespace QSeamstressPrivate {

struct BreakpointSettings
{
    // Shared, since they may have a state of their own, which all who call them see.
    using Condition = std::function<bool(const QVariant &value)>;
    using Action = std::function<void()>;
    std::shared_ptr<const Condition> condition = std::make_shared<const Condition>(); // none if empty
    QString threadName; // any if empty
    int ignoreCount = 0;
    int toIgnore = 0; // of these, from now on
    std::shared_ptr<const Action> action = std::make_shared<const Action>(); // none if empty
    bool haltsAll = false;
    int timeout = 5000; // ms
};

// What its owner, and any other thread, may ask of it.
struct BreakpointState
{
    BreakpointSettings settings;
    bool isArmed = false;
    bool isHit = false; // now
    QThread *hitThread = nullptr; // then
    int hits = 0;
};

// A breakpoint as the threads that come to it and its owner share it: a thread that stands there may outlive the owner.
class Breakpoint
{
public:
    Breakpoint(QObject *owner, const QString &point);
    Q_DISABLE_COPY_MOVE(Breakpoint)

    // Any thread.
    const QString &point() const { return m_point; }
    BreakpointState state() const;
    QVariant value() const; // that the last one gave
    template <class Change>
    void change(Change change)
    {
        const std::lock_guard lock(m_mutex);
        change(m_settings);
    }

    // The owner's side.
    void arm();
    void disarm();
    bool resume(); // false if nobody stands there
    bool letGo(std::thread::id thread); // false if that one does not stand there
    void disown();
    void ownerIsHere(); // the thread that calls this is the owner's, and may have an event loop now
    struct News
    {
        int reached = 0; // since the last time
        int halts = 0; // of these
        bool hasChanged = false;
    };
    News takeNews();
    QList<QSeamstressError> takeErrors(); // since the last time
    bool takeHit(); // whether somebody stands there, or the action has run since the last time
    void waitForNews(QDeadlineTimer deadline);
    QString passes() const; // which pause points were reached, in a sentence
    QString reasons() const; // why those who came did not halt, in sentences
    QString whoIsHalted() const; // in a sentence

    static int newsEventType();

    // The side of a thread that reaches a pause point, this one or another.
    void note(const QString &point, const QString &thread);
    // What is known of one thread that comes once.
    struct Visit
    {
        std::shared_ptr<Breakpoint> breakpoint;
        std::optional<quint64> arming = {}; // when it came
        bool meetsCondition = false; // and was not ignored
        bool hasPassed = false;
    };
    enum class Outcome { Passed,
                         Taken, // it has halted, and was let go; or has run the action
                         Busy }; // somebody else stands there; it may wait for its turn
    Outcome reach(const QVariant &value, Visit *visit);

private:
    template <class Function>
    bool call(std::unique_lock<std::mutex> &lock, int *count, const QString &what, const Function &function);
    void halt(std::unique_lock<std::mutex> &lock);
    void runAction(std::unique_lock<std::mutex> &lock, const BreakpointSettings::Action &action);
    bool letGo();
    Outcome leaveToOther();
    void tellOwner();

    const QString m_point;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed; // whoever waits looks again
    QObject *m_owner;
    std::shared_ptr<const OwnerWatch> m_ownerWatch;
    BreakpointSettings m_settings;
    bool m_isArmed = false;
    quint64 m_arming = 0; // so many times it was armed or disarmed
    struct Standing
    {
        std::thread::id id;
        QThread *thread;
        QString text; // how messages call it
    };
    std::optional<Standing> m_standing; // who is halted there
    quint64 m_turn = 0; // of whoever is, or was the last to be
    int m_hits = 0;
    struct Passed // since it was armed, and why
    {
        int owner = 0;
        int otherNames = 0;
        int refused = 0; // by the condition
        int besideOther = 0; // who was halted there
    };
    Passed m_passed;
    int m_conditions = 0; // that run now
    int m_actions = 0; // likewise
    bool m_hasRun = false; // the action
    QVariant m_value;
    PassedPoints m_passes; // of all pause points
    News m_news;
    QList<QSeamstressError> m_errors;
};

} // namespace QSeamstressPrivate

#endif // BREAKPOINT_P_H
