// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MECHANISM_P_H
#define MECHANISM_P_H

#include <memory>
#include <vector>

#include "../base/eventloopwatch_p.h"
#include "../base/patience_p.h"
#include "actor_p.h"
#include "search_p.h"
#include "systemschoices_p.h"

namespace QSeamstressPrivate {

class StandStill;

// What became of a step of a script.
struct Step
{
    enum End : quint8 { AtPoint,
                        Done,
                        Blocked };
    quint8 script;
    End end;
    bool wasAsked; // false: it was blocked, and has gone on by itself
    QString point;
};

// Lets one script after the other make a step, and says where it halted, blocked or ended. It knows nothing of orders.
//
// Whenever it returns, each script stands, or is blocked. What it is blocked on is the doing of another script, or of nobody here: a
// wait for what may come from outside, such as the answer of a server, counts as blocked only if it takes long.
class Mechanism
{
public:
    enum Trouble { None,
                   TimedOut,
                   Deadlock };

    void add(std::unique_ptr<Actor> actor); // the number of the next script
    int count() const { return static_cast<int>(m_actors.size()); }
    const std::vector<std::unique_ptr<Actor>> &actors() const { return m_actors; }
    const QString &name(int script) const { return m_actors[static_cast<std::size_t>(script)]->name(); }
    const QList<QSeamstressError> &errors(int script) const { return m_actors[static_cast<std::size_t>(script)]->errors(); }

    void begin(int timeout); // all to their beginning; ms for one step
    Scripts ready() const { return m_ready; } // those that can make a step
    Scripts blocked() const { return m_blocked; }
    void step(int script);
    // While nobody is ready: until a blocked one gets on. If none does, there is trouble.
    void waitForBlocked() { waitForAnyOf(m_blocked); }
    // While others may be ready: until this one gets on. False if it does not before one of them makes a step, or there is trouble.
    bool waitForBlocked(int script) { return waitForAnyOf(setOf(script)); }
    // Lets all go to their ends.
    void finish();

    const std::vector<Step> &steps() const { return m_steps; }
    Trouble trouble() const { return m_trouble; }
    const QString &troubleText() const { return m_troubleText; }
    bool anyBlocked() const { return !m_blockedTexts.empty(); } // in a step of this order
    bool anyBlockedFromOutside() const { return m_anyBlockedFromOutside; } // which what is outside may have done by being slow
    // Null while no event is served that a script may wait for; else another number for each time.
    const std::atomic<quint64> &serving() const { return m_serving; }
    // Of all orders since the last beginChoices().
    const SystemsChoices &choices() const { return m_choices; }
    void beginChoices() { m_choices.begin(); }
    // Of a step that ended blocked: for the timeline.
    const QString &blockedText(std::size_t step) const;

private:
    Actor &actor(int script) const { return *m_actors[static_cast<std::size_t>(script)]; }
    bool watch(int script, Step::End before);
    ActivityReport look(int script) const;
    void isLate(int script, qint64 waited);
    void hasStopped(int script, bool wasAsked);
    void becomesBlocked(int script);
    void addBlocked(int script, const QString &text);
    void addStep(const Step &step);
    void settle(Scripts scripts, Scripts stopped);
    bool isWaitOfOthers(int script) const;
    bool waitForAnyOf(Scripts scripts);
    template <class Function>
    bool serve(Function deliver);
    bool serveEvents();
    bool runEventLoop();
    bool isDeadlock(const StandStill &still) const;
    bool goesOnByItself(int script) const;
    QList<qint64> scriptThreads() const;
    QList<qint64> processes() const;
    QString lastPlace(int script) const;
    QString stuckText() const;
    QString holderText(int script) const;
    void letAllEnd(Scripts left);
    void abandon(Scripts scripts);

    std::vector<std::unique_ptr<Actor>> m_actors;
    std::vector<int> m_tracks; // of the trace, if there is one
    int m_timeout = 0; // ms
    bool m_anyBlockedFromOutside = false;
    SystemsChoices m_choices;
    Scripts m_ready = 0;
    Scripts m_blocked = 0;
    Scripts m_late = 0; // on their way when time was over
    std::vector<Step> m_steps;
    struct BlockedText
    {
        std::size_t step;
        QString text;
    };
    std::vector<BlockedText> m_blockedTexts;
    std::vector<ActivityReport> m_reports; // of each script, when it was last looked at
    std::vector<quintptr> m_waits; // where each script was blocked last, 0 if not in memory
    std::shared_ptr<const EventLoopWatch> m_eventLoop; // of the explorer's thread
    quint64 m_servings = 0;
    std::atomic<quint64> m_serving = 0;
    Trouble m_trouble = None;
    QString m_troubleText;
};

} // namespace QSeamstressPrivate

#endif // MECHANISM_P_H
