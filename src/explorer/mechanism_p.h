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

// Runs scripts in one order after another, either along a path or step by step at the request of its caller, and records their steps. It
// does not know why an order is run.
//
// Between two steps, each script is paused, blocked or has ended. A script is blocked if it waits for another script. A wait for something
// outside of the program, such as the answer of a server, counts as blocked only if it takes long.
class Mechanism
{
public:
    enum Trouble { None,
                   TimedOut,
                   Deadlock };

    void add(std::unique_ptr<Actor> actor); // scripts are numbered in the order of adding
    void clear() { m_scripts.clear(); }
    int count() const { return static_cast<int>(m_scripts.size()); }
    const Actor &actor(int script) const { return *at(script).actor; }

    // At the beginning of an order all scripts are at their beginnings; at its end, all have ended. In between, it runs in one of these
    // ways until no script can take a step or there is trouble.
    void begin(int timeout); // ms for one step
    void run(PathWalk &walk);
    void runInOrderOfAdding(); // the next step is always that of the first script that can take one
    void finish();

    // Step by step.
    Scripts ready() const { return m_ready; } // scripts that can take a step
    Scripts blocked() const { return m_blocked; }
    void step(int script);
    // Waits until this script continues. False if it cannot unless a ready script takes a step, or if there is trouble.
    bool waitForBlocked(int script) { return waitForAnyOf(setOf(script)); }

    // The result of the order.
    const std::vector<Step> &steps() const { return m_steps; }
    Trouble trouble() const { return m_trouble; }
    const QString &troubleText() const { return m_troubleText; }
    bool anyBlocked() const { return m_blockedSteps != 0; } // at any step of this order
    bool anyBlockedFromOutside() const { return m_anyBlockedFromOutside; } // perhaps only because something outside was slow

    const std::atomic<quint64> &serving() const { return m_events.serving(); }
    // Those of all orders since the last beginChoices().
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
    std::size_t m_blockedSteps = 0; // how many of them are Step::Blocked
    bool m_anyBlockedFromOutside = false;
    Trouble m_trouble = None;
    QString m_troubleText;
};

} // namespace QSeamstressPrivate

#endif // MECHANISM_P_H
