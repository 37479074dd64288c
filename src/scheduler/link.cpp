// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Connects this library with libQSeamstress, when the program is loaded.

#include "../executor/forscheduler_p.h"
#include "ignoredthreads_p.h"
#include "qseamstressscheduler_export.h"
#include "thisthread_p.h"
#include "virtualtime_p.h"

namespace QSeamstressScheduler {

static quint64 wakeUpAt(QAbstractEventDispatcher *dispatcher, qint64 realTime)
{
    VirtualTime &time = VirtualTime::instance();
    const quint64 number = time.wakeUps().add(dispatcher, realTime);
    time.tellLookout();
    return number;
}

static constexpr QSeamstressPrivate::Scheduler itself{
    .isClockAlive = [] { return Clocks::isVirtual(); },
    .elapsed = [] { return VirtualTime::instance().elapsed(); },
    .exchangeRealTime = [](int isReal) { return std::exchange(thisThread.isInLibrary, isReal); },
    .ignoreThisThread = &ignoreThisThread,
    .wakeUpAt = [](QAbstractEventDispatcher *dispatcher, QDeadlineTimer realDeadline) { return wakeUpAt(dispatcher, realDeadline.isForever() ? never : realDeadline.deadlineNSecs()); },
    .cancelWakeUp = [](quint64 number) { VirtualTime::instance().wakeUps().remove(number); },
    .waitOf = [](qint64 thread) -> std::optional<QSeamstressPrivate::Scheduler::VirtualWait> {
        if (const std::optional<VirtualTime::Pending> wait = VirtualTime::instance().waitOf(static_cast<pid_t>(thread)))
            return QSeamstressPrivate::Scheduler::VirtualWait{ wait->call, wait->remaining };
        return {};
    },
};

} // namespace QSeamstressScheduler

// Tells, by its name, whether a program has this library.
extern "C" QSEAMSTRESSSCHEDULER_EXPORT const int qseamstress_scheduler;
const int qseamstress_scheduler = [] {
    QSeamstressPrivate::setScheduler(&QSeamstressScheduler::itself);
    return 1;
}();
