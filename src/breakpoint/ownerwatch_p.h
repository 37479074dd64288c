// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef OWNERWATCH_P_H
#define OWNERWATCH_P_H

#include <QtCore/QString>

#include <chrono>
#include <memory>
#include <optional>
#include <thread>

#include "../base/eventloopwatch_p.h"
#include "../base/patience_p.h"
#include "../base/verbwatch_p.h"

namespace QSeamstressPrivate {

// The thread that owns a breakpoint: the one that constructs this object. Threads that are paused there watch it: if it waits for
// one of them, it waits forever.
class OwnerWatch
{
public:
    OwnerWatch();
    bool isCurrentThread() const;
    bool isUpToDate() const; // called by the owner, which may have got an event loop
    const void *id() const { return m_verbs.get(); } // the same for all objects of one thread

    class Looks
    {
    public:
        explicit Looks(int timeout); // ms, -1 means forever: how long the owner may be blocked
        std::chrono::system_clock::time_point next(); // ThreadSanitizer of g++ 12 does not support waits on the steady clock
        // If the owner seems to wait for the thread that is paused at this point, returns what happened and what to change, in sentences.
        // isFirst: this thread also examines all others.
        QString look(const OwnerWatch &owner, const QString &point, bool isFirst);

    private:
        bool isDeadlock(const OwnerWatch &owner) const;

        const int m_timeout;
        int m_interval = 1; // ms
        bool m_isFirst = false;
        quint64 m_cpuTime = 0; // of the owner, while it is blocked
        quint64 m_verbs = 0; // likewise
        int m_deadlocks = 0; // in a row
        std::optional<Patience> m_patience; // while the owner is blocked
    };

private:
    const std::thread::id m_thread;
    const qint64 m_threadId;
    const std::shared_ptr<const EventLoopWatch> m_eventLoop;
    const std::shared_ptr<const VerbWatch> m_verbs;
};

} // namespace QSeamstressPrivate

#endif // OWNERWATCH_P_H
