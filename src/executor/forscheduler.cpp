// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "forscheduler_p.h"

#include <limits>

#include "../base/patience_p.h"
#include "../breakpoint/armedbreakpoints_p.h"
#include "../script/errordata_p.h"
#include "../timeline/failurehandler_p.h"

namespace QSeamstressPrivate {

void setScheduler(const Scheduler *scheduler)
{
    useScheduler(scheduler);
}

void failTest(const QString &message, const char *file, int line)
{
    reportFailure(message, file, line);
}

QSeamstressError makeError(QSeamstressError::Code code, const QString &message, const QString &origin)
{
    return ErrorData::make(code, message, origin);
}

bool isAnExplorerRunning()
{
    return NoBreakpoints::areRefused();
}

qint64 scaledTimeout(qint64 milliseconds)
{
    const double scaled = static_cast<double>(milliseconds) * timeoutFactor();
    static constexpr auto longest = std::numeric_limits<qint64>::max();
    return scaled < static_cast<double>(longest) ? static_cast<qint64>(scaled) : longest;
}

} // namespace QSeamstressPrivate
