// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef HEARTBEATMONITOR_H
#define HEARTBEATMONITOR_H

#include <QDeadlineTimer>
#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <chrono>

// Watches another thread, such as that of the user interface, which calls beat() again and again. After three seconds without a beat it
// emits missed(), in the thread of the monitor, and then waits for the next beat.
class HeartbeatMonitor : public QThread
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds patience{ 3 };

    ~HeartbeatMonitor() override
    {
        requestInterruption();
        setDeadline(QDeadlineTimer(0));
        wait();
    }
    // Any thread may call this.
    void beat() { setDeadline(QDeadlineTimer(patience)); }

Q_SIGNALS:
    void missed();

protected:
    void run() override
    {
        QMutexLocker locker(&m_mutex);
        while (!isInterruptionRequested()) {
            m_hasBeaten.wait(&m_mutex, m_deadline);
            if (!m_deadline.hasExpired() || isInterruptionRequested())
                continue;
            m_deadline = QDeadlineTimer(QDeadlineTimer::Forever);
            locker.unlock();
            Q_EMIT missed();
            locker.relock();
        }
    }

private:
    void setDeadline(QDeadlineTimer deadline)
    {
        const QMutexLocker locker(&m_mutex);
        m_deadline = deadline;
        m_hasBeaten.wakeOne();
    }

    QMutex m_mutex;
    QWaitCondition m_hasBeaten;
    QDeadlineTimer m_deadline{ QDeadlineTimer::Forever }; // until the first beat
};

#endif // HEARTBEATMONITOR_H
