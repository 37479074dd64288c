// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a process passes on to the programs that it starts. A process that is forked from another one has to be given it.

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

// Memory as a file without a name, which is there as long as a process has it mapped or open. Not open if the system gives none.
Descriptor makeMemory(qint64 bytes);

class Inheritance
{
public:
    // Of this process and the calling thread. Nothing if the system does not tell.
    static std::optional<Inheritance> current();

    // A file without a name that holds it, for another process; not open if there is none.
    Descriptor toFile() const;
    // Where this is what this process has, of one thread: from now on it has what is in such a file. False if that cannot be read.
    bool changeTo(int file) const;

private:
    // All of it but the environment and the working directory, as it lies in the file.
    struct Fixed
    {
        mode_t fileModeMask;
        std::array<rlimit, RLIM_NLIMITS> limits;
        sigset_t blockedSignals;
        quint64 ignoredSignals; // a bit each
        cpu_set_t processors;
        int niceness;
    };

    Fixed m_fixed = {};
    QByteArray m_environment; // each variable with a null character behind it
};

// What cannot be given to a running process, of this process and the calling thread, all in one: if it has changed, a new program is
// needed.
QByteArray currentOrigin();

} // namespace QSeamstressPrivate

#endif // INHERITANCE_P_H
