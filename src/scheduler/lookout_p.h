// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOOKOUT_P_H
#define LOOKOUT_P_H

#include <QtCore/QtGlobal>

#include <atomic>
#include <thread>
#include <vector>

#include "crowd_p.h"
#include "wakeups_p.h"

namespace QSeamstressScheduler {

class VirtualTime;

// A thread that looks whether all others wait, and tells the VirtualTime.
class Lookout
{
public:
    Lookout(VirtualTime &time, WakeUps &wakeUps);
    void begin();
    void end();
    void tell(); // there is something new to look at
    void forget(); // in a new child process, which has no such thread

private:
    void run();
    qint64 turn(); // returns the real time until the next one
    Origin originOfEvents();

    VirtualTime &m_time;
    WakeUps &m_wakeUps;
    std::thread m_thread;
    std::atomic<bool> m_isStarted = false;
    std::atomic<bool> m_isEnding = false;
    std::atomic<quint32> m_news = 0; // also a futex
    std::atomic<bool> m_isAsleep = false;
    qint64 m_pause = 0; // real time between two looks that find somebody running
    Crowd m_crowd;
    std::vector<pid_t> m_knownThreads;
    std::vector<int> m_descriptors;
};

} // namespace QSeamstressScheduler

#endif // LOOKOUT_P_H
