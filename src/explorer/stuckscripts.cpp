// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "stuckscripts_p.h"

#include <QtCore/QStringList>

#include <algorithm>

#include "../base/activitytext_p.h"
#include "../platform/platform_p.h"
#include "../script/passedpoints_p.h"

namespace QSeamstressPrivate {

QString lastPlace(int script, const std::vector<Step> &steps)
{
    const auto last = std::find_if(steps.crbegin(), steps.crend(), [script](const Step &step) { return step.script == script && step.end == Step::AtPoint; });
    return placeText(last == steps.crend() ? std::nullopt : std::optional(last->point));
}

static QString holderText(const ExploredScript &waiter, const std::vector<ExploredScript> &scripts, Scripts blocked)
{
    const quintptr address = waiter.report.address;
    if (address == 0)
        return {};
    if (const qint64 owner = ownerOfLock(address); owner > 0) {
        const auto holder = std::find_if(scripts.begin(), scripts.end(), [owner](const ExploredScript &script) { return script.actor->threadId() == owner; });
        if (holder != scripts.end())
            return holder->actor == waiter.actor ? QStringLiteral("; it already holds this lock") : QStringLiteral("; %1 holds it").arg(holder->actor->name());
        return owner == currentThreadId() ? QStringLiteral("; the explorer's thread holds it and is waiting for the scripts") : QStringLiteral("; a thread that runs no script holds it");
    }
    // Other locks do not store their owner, and the address may not even be that of a lock. A script that waits on the same address does
    // not hold it, nor does a script that has ended.
    QStringList candidates;
    for (std::size_t index = 0; index < scripts.size(); ++index) {
        const ExploredScript &other = scripts[index];
        const bool waitsForTheSame = (blocked >> index & 1) != 0 && other.report.address == address;
        const bool sharesMemory = other.actor->processId() == waiter.actor->processId();
        if (other.actor != waiter.actor && sharesMemory && !waitsForTheSame && !other.actor->hasEnded())
            candidates.append(other.actor->name());
    }
    if (candidates.isEmpty())
        return QStringLiteral("; no script is left that can wake it up");
    return QStringLiteral("; only %1 can wake it up").arg(candidates.join(QStringLiteral(" or ")));
}

QString stuckText(const std::vector<ExploredScript> &scripts, Scripts blocked, const std::vector<Step> &steps)
{
    QStringList lines;
    for (int index = 0; index < static_cast<int>(scripts.size()); ++index) {
        if ((blocked & setOf(index)) == 0)
            continue;
        const ExploredScript &script = scripts[static_cast<std::size_t>(index)];
        const QString doing = activityText(script.report);
        lines.append(QStringLiteral("%1 %2, %3%4.")
                         .arg(script.actor->name(), doing.isEmpty() ? QStringLiteral("is waiting") : doing, lastPlace(index, steps), holderText(script, scripts, blocked)));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace QSeamstressPrivate
