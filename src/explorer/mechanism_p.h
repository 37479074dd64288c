// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MECHANISM_P_H
#define MECHANISM_P_H

#include <vector>

#include "pathwalk_p.h"
#include "servedevents_p.h"
#include "stuckscripts_p.h"
#include "systemschoices_p.h"

namespace QSeamstressPrivate {

class StandStill;

// Runs scripts in one order after the other: along a path, or step by step as somebody else wants; and says what steps they made. Why an
// order is run it does not know.
//
// Between two steps, each script stands, or is blocked. What it is blocked on is the doing of another script, or of nobody here: a
// wait for what may come from outside, such as the answer of a server, counts as blocked only if it takes long.
class Mechanism
{
public:
    enum Trouble { None,
                   TimedOut,
                   Deadlock };

    void add(std::unique_ptr<Actor> actor); // the number of the next script
    void clear() { m_scripts.clear(); }
    int count() const { return static_cast<int>(m_scripts.size()); }
    const Actor &actor(int script) const { return *at(script).actor; }

    // An order begins with all scripts at their beginnings, and ends with all at their ends; in between, it is run in one of these ways, until
    // nobody is left who could make a step, or there is trouble.
    void begin(int timeout); // ms for one step
    void run(PathWalk &walk);
    void runInOrderOfAdding(); // always the first one that can make a step
    void finish();

    // Step by step.
    Scripts ready() const { return m_ready; } // those that can make a step
    Scripts blocked() const { return m_blocked; }
    void step(int script);
    // Until this one gets on. False if it does not before one that is ready makes a step, or there is trouble.
    bool waitForBlocked(int script) { return waitForAnyOf(setOf(script)); }

    // What came of it.
    const std::vector<Step> &steps() const { return m_steps; }
    Trouble trouble() const { return m_trouble; }
    const QString &troubleText() const { return m_troubleText; }
    bool anyBlocked() const { return m_blockedSteps != 0; } // in a step of this order
    bool anyBlockedFromOutside() const { return m_anyBlockedFromOutside; } // which what is outside may have done by being slow

    const std::atomic<quint64> &serving() const { return m_events.serving(); }
    // Of all orders since the last beginChoices().
    const SystemsChoices &choices() const { return m_choices; }
    void beginChoices() { m_choices.begin(); }

private:
    ExploredScript &at(int script) { return m_scripts[static_cast<std::size_t>(script)]; }
    const ExploredScript &at(int script) const { return m_scripts[static_cast<std::size_t>(script)]; }
    bool isAnybodyReady();
    bool watch(int script);
    ActivityReport look(int script) const;
    void isLate(int script, qint64 waited);
    void hasStopped(int script);
    void becomesBlocked(int script);
    void addBlocked(int script, const QString &text);
    void addStep(const Step &step);
    void settle(Scripts scripts, Scripts stopped);
    bool isWaitOfOthers(int script) const;
    bool waitForAnyOf(Scripts scripts);
    bool isDeadlock(const StandStill &still) const;
    bool goesOnByItself(int script, const SharedMemory &shared) const;
    QList<qint64> scriptThreads() const;
    QList<qint64> processes() const;
    void letAllEnd(Scripts left);
    void abandon(Scripts scripts);

    std::vector<ExploredScript> m_scripts;
    int m_timeout = 0; // ms
    ServedEvents m_events;
    SystemsChoices m_choices;
    Scripts m_ready = 0;
    Scripts m_blocked = 0;
    std::vector<Step> m_steps;
    std::size_t m_blockedSteps = 0; // of these
    bool m_anyBlockedFromOutside = false;
    Trouble m_trouble = None;
    QString m_troubleText;
};

} // namespace QSeamstressPrivate

#endif // MECHANISM_P_H
