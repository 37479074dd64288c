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

ActivityReport activityOfThread(const SystemThread &, const std::function<bool()> &)
{
    return {};
}

} // namespace QSeamstressPrivate
