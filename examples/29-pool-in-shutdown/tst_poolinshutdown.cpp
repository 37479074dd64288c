// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A thread pool that is shut down while one of its jobs is running.

#include <QSeamstressTest>

#include <QTest>

#include "journal.h"

class TestPoolInShutdown : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesLines();
    void curedOneLosesNone();
};

// Closes the journal in another thread while the first line is being written.
static QStringList linesOf(void (Journal::*close)())
{
    Journal journal;
    QSeamstressBreakpoint writing("writing");
    for (const char *line : { "one", "two", "three" })
        journal.write(line);
    QSeamstressThread closer([&journal, close] { (journal.*close)(); });
    if (!writing.waitForHit())
        return { writing.errorString() };
    closer.start();
    if (QSeamstressThread::isActivityAvailable() && !closer.waitForBlocked())
        return { closer.errorString() };
    writing.disarm();
    if (!closer.exit())
        return { closer.errorString() };
    return journal.lines();
}

void TestPoolInShutdown::losesLines()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report that the other thread waits for the pool.");
    QCOMPARE(linesOf(&Journal::closeHastily), QStringList({ "one" }));
}

void TestPoolInShutdown::curedOneLosesNone()
{
    QCOMPARE(linesOf(&Journal::close), QStringList({ "one", "two", "three" }));
}

QTEST_GUILESS_MAIN(TestPoolInShutdown)
#include "tst_poolinshutdown.moc"
