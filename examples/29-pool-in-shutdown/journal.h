// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef JOURNAL_H
#define JOURNAL_H

#include <QSeamstressPausePoint>

#include <QStringList>
#include <QThreadPool>

// Writes lines in a pool of one thread, so that the caller does not wait.
class Journal
{
public:
    Journal() { m_pool.setMaxThreadCount(1); }

    void write(const QString &line)
    {
        m_pool.start([this, line] {
            QSEAMSTRESS_PAUSE_POINT("writing", qPrintable(line));
            m_lines.append(line);
        });
    }
    // The bug: discards the lines that the thread has not started to write.
    void closeHastily()
    {
        m_pool.clear();
        m_pool.waitForDone();
    }
    // The fix.
    void close() { m_pool.waitForDone(); }
    QStringList lines() const { return m_lines; } // call it after closing

private:
    QStringList m_lines;
    QThreadPool m_pool;
};

#endif // JOURNAL_H
