// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// For platforms without a fork server.

#include "child_p.h"
#include "forkserver_p.h"

namespace QSeamstressPrivate {

std::unique_ptr<Child> forkChild(const ChildSettings &, ChildObserver &)
{
    return {};
}

int serveForks()
{
    return -1;
}

} // namespace QSeamstressPrivate
