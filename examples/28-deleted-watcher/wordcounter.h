// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WORDCOUNTER_H
#define WORDCOUNTER_H

#include <QSeamstressPausePoint>

#include <QFutureWatcher>
#include <QtConcurrent/QtConcurrentRun>

#include <functional>

// Counts words in a thread of the global pool. Promises to report the number, or -1 if the counter is destroyed before the job ends.
class WordCounter : public QObject
{
public:
    explicit WordCounter(std::function<void(int)> tell)
        : m_tell(std::move(tell))
    {
        connect(&m_watcher, &QFutureWatcher<int>::finished, this, [this] { m_tell(m_watcher.result()); });
    }
    void count(const QString &text)
    {
        m_watcher.setFuture(QtConcurrent::run([text] {
            QSEAMSTRESS_PAUSE_POINT("counting");
            return static_cast<int>(text.split(u' ').size());
        }));
    }

protected:
    // The bug: the watcher is destroyed with the counter, so nothing is reported.
    std::function<void(int)> m_tell;
    QFutureWatcher<int> m_watcher;
};

class CuredWordCounter : public WordCounter
{
public:
    using WordCounter::WordCounter;
    ~CuredWordCounter() override
    {
        if (m_watcher.isRunning())
            m_tell(-1);
    }
};

#endif // WORDCOUNTER_H
