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

namespace QSeamstressPrivate {

class Inheritance
{
public:
    // Of this process and the calling thread. Nothing if the system does not tell.
    static std::optional<Inheritance> current();

    // A file without a name that holds it, for another process; -1 if there is none. Whoever calls closes it.
    int toFile() const;
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

// What cannot be given to a running process, of this process and the calling thread: if it has changed, a new program is needed.
class Origin
{
public:
    static Origin current();
    bool operator==(const Origin &) const = default;

private:
    pid_t m_processId = 0;
    pid_t m_processGroup = 0;
    pid_t m_session = 0;
    dev_t m_rootDevice = 0;
    ino_t m_root = 0;
    int m_schedulingPolicy = 0; // with SCHED_RESET_ON_FORK
    int m_schedulingPriority = 0;
    long m_ioPriority = 0;
    int m_personality = 0;
    int m_timerSlack = 0; // ns
    int m_secureBits = 0;
    // Lines of /proc/thread-self/status, and what else is known only as text: users, groups, capabilities, namespaces, control groups.
    QByteArray m_texts;
    // The variables that are read before main().
    QByteArray m_environment;
};

} // namespace QSeamstressPrivate

#endif // INHERITANCE_P_H
