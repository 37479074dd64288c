// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CLOCKS_P_H
#define CLOCKS_P_H

#include <array>
#include <atomic>

#include "moment_p.h"

namespace QSeamstressScheduler {

// What the clocks of the program tell. All but the static functions and now() are to be called with the lock of the layer.
class Clocks
{
public:
    // Whether all of them are the system's: there was never a QSeamstressClock.
    static bool isReal() { return s_state.load(std::memory_order_relaxed) == Real; }
    // Whether there is one. Before and after, the clocks run with those of the system.
    static bool isVirtual() { return s_state.load(std::memory_order_relaxed) == Virtual; }
    // Whether there is one, and the calling thread is in its time.
    static bool areVirtualForThisThread();
    // While it is found out whether the functions of this library are called.
    static void ask(bool yes);

    static qint64 realNow(); // the monotonic clock of the system, ns
    qint64 now() const; // the monotonic clock of the calling thread

    qint64 programNow() const; // the monotonic clock of the program
    qint64 elapsed() const { return programNow() - m_start; } // since the last begin()
    // Of a clock against the monotonic one.
    qint64 shift(clockid_t clock) const;
    // Returns false if it is not a clock of the time that passes.
    bool read(clockid_t clock, timespec &time) const;
    static bool isPassing(clockid_t clock);
    // The same moment on the system's clock, if there is no QSeamstressClock.
    timespec toReal(clockid_t clock, const timespec &time) const;

    void begin(); // time stands still from now on
    void end(); // time goes on from here, at its real pace
    void forget(); // in a new child process, which has the system's clocks
    void setWallClock(qint64 nanoseconds); // since 1970

    // Never back.
    void moveTo(qint64 now);
    // From now on time runs at its real pace, until a moment of virtual time.
    void runUntil(qint64 moment);
    void standStill();
    bool isRunning() const { return m_runsSince != 0; }
    // Real time until runUntil() ends.
    qint64 runsFor() const { return std::max<qint64>(1, m_runsUntil - programNow()); }
    qint64 lastMove() const { return m_lastMove; } // real time

private:
    enum State { Real, Shifted, Virtual };
    static std::atomic<State> s_state;

    qint64 m_now = 0; // while there is a QSeamstressClock
    qint64 m_start = 0;
    std::array<qint64, 16> m_shifts = {}; // while there is a QSeamstressClock
    std::atomic<qint64> m_offset = 0; // of the monotonic clock against the system's, while there is none
    timespec m_offsetTime = {}; // the same
    qint64 m_runsSince = 0; // real time; 0: time stands still
    qint64 m_runsUntil = 0; // virtual time
    qint64 m_lastMove = 0;
};

} // namespace QSeamstressScheduler

#endif // CLOCKS_P_H
