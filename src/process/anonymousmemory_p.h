// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ANONYMOUSMEMORY_P_H
#define ANONYMOUSMEMORY_P_H

#include <QtCore/QtGlobal>

#include <memory>

#include "../base/descriptor_p.h"

namespace QSeamstressPrivate {

// Memory without a name, which is there as long as a process has it mapped or its descriptor open.
struct AnonymousMemory
{
    // Null memory if the system gives none.
    static AnonymousMemory create(qint64 bytes);
    static AnonymousMemory map(Descriptor descriptor);

    Descriptor descriptor;
    std::shared_ptr<void> memory;
    qint64 bytes = 0;
};

} // namespace QSeamstressPrivate

#endif // ANONYMOUSMEMORY_P_H
