// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// For systems without a fork server.

#include "anonymousmemory_p.h"
#include "child_p.h"
#include "forkserver_p.h"

namespace QSeamstressPrivate {

std::unique_ptr<Child> forkChild(const ChildSettings &, ChildObserver &)
{
    return {};
}

AnonymousMemory AnonymousMemory::create(qint64)
{
    return {};
}

AnonymousMemory AnonymousMemory::map(Descriptor)
{
    return {};
}

int serveForks()
{
    return -1;
}

} // namespace QSeamstressPrivate
