// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef VERBWATCH_P_H
#define VERBWATCH_P_H

#include <QtCore/QtGlobal>

#include <atomic>
#include <memory>

#include "realtime_p.h"

namespace QSeamstressPrivate {

// Knows whether one thread is in a verb of this library, which has its own deadline. Can be used from any thread, even after the watched
// thread has ended.
class VerbWatch
{
public:
    static std::shared_ptr<const VerbWatch> ofCurrentThread() { return mine(); }
    bool isInVerb() const { return m_depth != 0; }
    quint64 verbs() const { return m_verbs; } // number of calls
    bool hasEnded() const { return m_hasEnded; } // whether the thread has

    // While it exists, its thread is in a verb, and in real time.
    class Verb
    {
    public:
        Verb()
            : m_watch(mine())
        {
            ++m_watch->m_verbs;
            ++m_watch->m_depth;
        }
        ~Verb() { --m_watch->m_depth; }
        Q_DISABLE_COPY_MOVE(Verb)

    private:
        const std::shared_ptr<VerbWatch> m_watch;
        const RealTime m_realTime;
    };

private:
    static const std::shared_ptr<VerbWatch> &mine()
    {
        static thread_local const struct Holder
        {
            const std::shared_ptr<VerbWatch> watch = std::make_shared<VerbWatch>();
            ~Holder() { watch->m_hasEnded = true; }
        } holder;
        return holder.watch;
    }

    std::atomic<quint64> m_verbs = 0;
    std::atomic<int> m_depth = 0;
    std::atomic<bool> m_hasEnded = false;
};

} // namespace QSeamstressPrivate

#endif // VERBWATCH_P_H
