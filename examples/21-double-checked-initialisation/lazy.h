// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LAZY_H
#define LAZY_H

#include <QSeamstressPausePoint>

#include <QMutex>

#include <atomic>
#include <memory>

struct Settings
{
    int timeout = 0;
};

// Initialised on first use. Later calls do not take the lock. The bug: they may see settings that are only partly initialised.
class LazySettings
{
public:
    const Settings &get()
    {
        if (!m_isMade) {
            const QMutexLocker locker(&m_mutex);
            if (!m_isMade) {
                m_isMade = true;
                QSEAMSTRESS_PAUSE_POINT("flag is set");
                m_settings.timeout = 30;
            }
        }
        return m_settings;
    }

private:
    QMutex m_mutex;
    std::atomic<bool> m_isMade = false;
    Settings m_settings;
};

// The fix: set the flag last.
class SafeLazySettings
{
public:
    const Settings &get()
    {
        if (!m_isMade) {
            const QMutexLocker locker(&m_mutex);
            if (!m_isMade) {
                m_settings.timeout = 30;
                QSEAMSTRESS_PAUSE_POINT("settings are made");
                m_isMade = true;
            }
        }
        return m_settings;
    }

private:
    QMutex m_mutex;
    std::atomic<bool> m_isMade = false;
    Settings m_settings;
};

#endif // LAZY_H
