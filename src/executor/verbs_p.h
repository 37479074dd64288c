// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef VERBS_P_H
#define VERBS_P_H

#include <QtCore/QDeadlineTimer>

#include <array>
#include <optional>

#include "../platform/activityreport_p.h"
#include "qseamstressexecutor.h"

namespace QSeamstressPrivate {

enum class Verb { Enter, Advance, RunTo, Exit, Cancel, WaitForPaused, WaitForFinished, WaitForActivity };

// What a verb does, depending on the phase in which it is called.
enum class Action {
    Start,
    LetGo, // the script is paused, and the owner knows it
    Retarget, // the script is running
    Cancel,
    Wait,
    WaitIfItRuns, // a paused script may run its event loop
    Succeed,
    FailAsBefore,
    NeverPaused,
    DoesNothing,
    Misuse
};

constexpr Action actionOf(Verb verb, QSeamstressExecutor::Phase phase)
{
    using enum Action;
    constexpr std::array<std::array<Action, 7>, 8> actions{ {
        // Idle, SettingUp, Paused, Running, TearingDown, Finished, Failed
        { Start, Misuse, Misuse, Misuse, Misuse, Start, Start }, // Enter
        { Misuse, Misuse, LetGo, Misuse, Misuse, Misuse, Misuse }, // Advance
        { Start, Retarget, LetGo, Retarget, Misuse, Start, Start }, // RunTo
        { Misuse, Retarget, LetGo, Retarget, Wait, Succeed, FailAsBefore }, // Exit
        { Misuse, Cancel, Cancel, Cancel, Cancel, Succeed, FailAsBefore }, // Cancel
        { Misuse, Wait, Succeed, Wait, NeverPaused, NeverPaused, FailAsBefore }, // WaitForPaused
        { Misuse, Wait, Misuse, Wait, Wait, Succeed, FailAsBefore }, // WaitForFinished
        { Misuse, Wait, WaitIfItRuns, Wait, Wait, DoesNothing, FailAsBefore }, // WaitForActivity
    } };
    return actions[static_cast<std::size_t>(verb)][static_cast<std::size_t>(phase)];
}

constexpr bool waitsForEnd(Verb verb)
{
    return verb == Verb::Exit || verb == Verb::Cancel || verb == Verb::WaitForFinished;
}

// A call of a verb.
struct Request
{
    Verb verb;
    const char *function;
    std::optional<QDeadlineTimer> deadline = {}; // the time-out of the property if empty
    QString point = {}; // for RunTo
    KnownLock lock = {}; // for WaitForActivity with Blocked: any lock if empty
    QSeamstressExecutor::Activity activity = QSeamstressExecutor::Blocked; // for WaitForActivity
};

// As the public API names it.
inline QSeamstressExecutor::Activity publicActivity(const ActivityReport &report)
{
    return static_cast<QSeamstressExecutor::Activity>(report.activity);
}
static_assert(static_cast<int>(ActivityReport::Blocked) == QSeamstressExecutor::Blocked && static_cast<int>(ActivityReport::Unknown) == QSeamstressExecutor::Unknown
              && static_cast<int>(ActivityReport::Awaiting) == QSeamstressExecutor::Awaiting); // both enumerations have the same order

} // namespace QSeamstressPrivate

#endif // VERBS_P_H
