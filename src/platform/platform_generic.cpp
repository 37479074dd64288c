// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "platform_p.h"

namespace QSeamstressPrivate {

bool isDebuggerAttached()
{
    return false;
}

qint64 currentThreadId()
{
    return -1;
}

bool isActivityAvailable()
{
    return false;
}

ActivityReport activityOfProcess(qint64)
{
    return {};
}

ActivityReport activityOfThread(qint64, const std::function<bool()> &)
{
    return {};
}

} // namespace QSeamstressPrivate
