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
    // Shared, since function objects may have state, which all callers must share.
    using Condition = std::function<bool(const QVariant &value)>;
    using Action = std::function<void()>;
    std::shared_ptr<const Condition> condition = std::make_shared<const Condition>(); // none if empty
    QString threadName; // any if empty
    int ignoreCount = 0;
    int toIgnore = 0; // those that remain
    std::shared_ptr<const Action> action = std::make_shared<const Action>(); // none if empty
    bool haltsAll = false;
    int timeout = 5000; // ms
};

// What its owner, and any other thread, may read.
struct BreakpointState
{
    BreakpointSettings settings;
    bool isArmed = false;
    bool isHit = false; // whether a thread is paused there
    QThread *hitThread = nullptr; // that thread
    int hits = 0;
};

// The part of a breakpoint that its owner shares with the threads that reach it: a thread that is paused there may outlive the owner.
class Breakpoint
{
public:
    Breakpoint(QObject *owner, const QString &point);
    Q_DISABLE_COPY_MOVE(Breakpoint)

    // Called by any thread.
    const QString &point() const { return m_point; }
    BreakpointState state() const;
    QVariant value() const; // of the last hit
    template <class Change>
    void change(Change change)
    {
        const std::lock_guard lock(m_mutex);
        change(m_settings);
    }

    // The owner's side.
    void arm();
    void disarm();
    bool resume(); // false if no thread is paused there
    bool letGo(std::thread::id thread); // false if that thread is not paused there
    void disown();
    void ownerIsHere(); // the calling thread is the owner's, and may have an event loop now
    struct News
    {
        int reached = 0; // since the last call
        int halts = 0; // of these
        bool hasChanged = false;
    };
    News takeNews();
    QList<QSeamstressError> takeErrors(); // since the last call
    bool takeHit(); // whether a thread is paused there, or the action has run since the last call
    void waitForNews(QDeadlineTimer deadline);
    QString passes() const; // which pause points were reached, in a sentence
    QString reasons() const; // why threads passed, in sentences
    QString whoIsHalted() const; // the paused thread, in a sentence

    static int newsEventType();

    // Called by a thread that reaches a pause point, this one or another.
    void note(const QString &point, const QString &thread);
    // One arrival of one thread.
    struct Visit
    {
        std::shared_ptr<Breakpoint> breakpoint;
        std::optional<quint64> arming = {}; // m_arming on arrival
        bool meetsCondition = false; // and was not ignored
        bool hasPassed = false;
    };
    enum class Outcome { Passed,
                         Taken, // it has paused and was resumed, or has run the action
                         Busy }; // another thread is paused there; it may wait for its turn
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
    std::condition_variable m_changed; // wakes up all waiting threads
    QObject *m_owner;
    std::shared_ptr<const OwnerWatch> m_ownerWatch;
    BreakpointSettings m_settings;
    bool m_isArmed = false;
    quint64 m_arming = 0; // how often it was armed or disarmed
    struct Standing
    {
        std::thread::id id;
        QThread *thread;
        QString text; // for messages
    };
    std::optional<Standing> m_standing; // the paused thread
    quint64 m_turn = 0; // changes with each pause and each resume
    int m_hits = 0;
    struct Passed // numbers of threads since it was armed, by reason
    {
        int owner = 0;
        int otherNames = 0;
        int refused = 0; // by the condition
        int besideOther = 0; // while another thread was paused there
    };
    Passed m_passed;
    int m_conditions = 0; // running now
    int m_actions = 0; // running now
    bool m_hasRun = false; // whether the action has
    QVariant m_value;
    PassedPoints m_passes; // of all pause points
    News m_news;
    QList<QSeamstressError> m_errors;
};

} // namespace QSeamstressPrivate

#endif // BREAKPOINT_P_H
