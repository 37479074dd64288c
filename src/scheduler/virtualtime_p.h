// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef VIRTUALTIME_P_H
#define VIRTUALTIME_P_H

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <atomic>
#include <optional>
#include <vector>

#include "clocks_p.h"
#include "drive_p.h"
#include "layerlock_p.h"
#include "lookout_p.h"
#include "troubles_p.h"
#include "wait_p.h"

namespace QSeamstressScheduler {

// Who waits, and when time passes. While a clock is alive, time stands still as long as any thread runs. When all wait, it jumps to the
// earliest deadline, and wakes up one thread.
class VirtualTime
{
public:
    static VirtualTime &instance();

    // Reads a clock for the calling thread. Returns false if the system's is to be read.
    bool read(clockid_t clock, timespec &time);
    const Clocks &clocks() const { return m_clocks; }
    qint64 elapsed();

    // There is one clock at a time. Returns its number, 0 if there is another.
    static quint64 take();
    static bool isTakenBy(quint64 number) { return s_taken == number; }
    static void release() { s_taken = 0; }
    static bool isTaken() { return s_taken != 0; }

    struct Settings
    {
        bool isManual = false;
        qint64 timeout = 0; // ns of real time
    };
    // Time stands still from now on. To be called by one thread at a time.
    void begin(const Settings &settings);
    void end();
    void setTimeout(qint64 nanoseconds);
    void setWallClock(qint64 nanoseconds); // since 1970

    // From now on time moves for the drive, whose state becomes other than Runs.
    void begin(Drive &drive);
    void end(Drive &drive);
    void giveUp(Drive &drive);
    void waitFor(Drive &drive); // in a thread without an event loop
    QString whyNotAtRest();

    struct Pending
    {
        pid_t thread;
        const char *call;
        qint64 remaining; // ns, -1 if it has no time-out
    };
    QList<Pending> pending(); // with a time-out, the earliest first
    std::optional<Pending> waitOf(pid_t thread);
    Troubles &troubles() { return m_troubles; }
    WakeUps &wakeUps() { return m_wakeUps; }
    void tellLookout() { m_lookout.tell(); } // there is a new wake-up

    void holdForRealTime();
    void releaseFromRealTime();

    // For conditions: true if a thread waited for this object on its own word, and is let go.
    bool wakeOne(const void *object);
    void wakeAll(const void *object);

    // In an interposed poll() that does not wait.
    void emptyPoll(const Descriptors &descriptors);

    // For the lookout: whether it is to look, and what it has seen.
    struct Question
    {
        bool isAsked;
        bool isAboutOutside;
        quint64 epoch;
        qint64 longestPause; // real time until it looks again
    };
    struct Answer
    {
        quint64 epoch;
        bool isAtRest = false;
        bool isOutside = false; // somebody waits for something outside of the process
        pid_t restless = 0; // a thread that does not rest
    };
    Question question();
    qint64 answer(const Answer &answer); // returns the real time until it is to look again
    // Threads in interposed waits, and the descriptors that they wait for. Returns false if the lists have too little room.
    bool listWaits(std::vector<pid_t> &threads, std::vector<int> &descriptors);

private:
    friend class Wait;

    VirtualTime();
    void forgetAll(); // in a new child process

    void add(Wait &wait);
    void remove(Wait &wait);
    qint64 due(const Wait &wait) const;
    Wait *earliest() const;
    Wait *ownWait() const; // of the thread of the clock
    void letGo(Wait &wait); // its time has come
    void letAllDueGo();
    void jumpTo(Wait &wait);
    void announce(const Wait &wait);
    void stepAlone(const Wait &wait);
    void takeBusyTime();

    enum class WaitsFor { Program, Outside };
    // All threads wait. These return the number of an event loop that is to be woken up, without the lock; 0 if there is none.
    quint64 step(WaitsFor whom);
    quint64 stepFor(Drive &drive);
    quint64 finish(Drive &drive, Drive::State state);
    Drive *runningDrive() const { return m_drive && m_drive->state == Drive::Runs ? m_drive : nullptr; }
    Trouble findTrouble(bool isAtRest, const char *&call);
    QString restless();

    static std::atomic<quint64> s_taken;

    Clocks m_clocks;
    Wait *m_first = nullptr;
    Wait *m_last = nullptr;
    quint64 m_epoch = 0; // changes with each wait that begins or ends
    Drive *m_drive = nullptr;

    Settings m_settings;
    pid_t m_owner = 0;
    std::atomic<int> m_realTimeHolds = 0;
    bool m_hasGivenUp = false; // an error was told: time runs, so that nothing hangs
    quint64 m_waitsIn = 0; // the number of the wait in which the test's own thread was last seen
    qint64 m_waitsSince = 0; // real time; 0: it was not seen in a wait
    pid_t m_restless = 0; // a thread that did not at the last look

    Troubles m_troubles;
    WakeUps m_wakeUps;
    Lookout m_lookout;
};

// Whether QBENCHMARK measures.
bool isInBenchmark();

} // namespace QSeamstressScheduler

#endif // VIRTUALTIME_P_H
