// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a program inherits from the process that starts it. A process that the fork server forked must be given it instead.

#ifndef INHERITANCE_P_H
#define INHERITANCE_P_H

#include <QtCore/QByteArray>

#include <array>
#include <csignal>
#include <optional>

#include <sched.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "../base/descriptor_p.h"

namespace QSeamstressPrivate {

// Memory as an anonymous file, which exists as long as a process has it open or mapped. Not open if the system does not provide it.
Descriptor makeMemory(qint64 bytes);

class Inheritance
{
public:
    // That of this process and the calling thread. Empty if the system does not provide it.
    static std::optional<Inheritance> current();

    // An anonymous file with the data, for another process; not open on failure.
    Descriptor toFile() const;
    // Changes this process, which must have one thread and this inheritance, to the inheritance in the file. False if it cannot be read.
    bool changeTo(int file) const;

private:
    // Everything but the environment and the working directory, in the layout of the file.
    struct Fixed
    {
        mode_t fileModeMask;
        std::array<rlimit, RLIM_NLIMITS> limits;
        sigset_t blockedSignals;
        quint64 ignoredSignals; // one bit per signal
        cpu_set_t processors;
        int niceness;
    };

    Fixed m_fixed = {};
    QByteArray m_environment; // each variable is followed by a null character
};

// What a running process cannot take on from this process and the calling thread, as one value. If it has changed since the fork server
// was started, the program must be started anew instead of forked.
QByteArray currentOrigin();

} // namespace QSeamstressPrivate

#endif // INHERITANCE_P_H
