// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A QFutureWatcher that is deleted while its job runs.

#include <QSeamstressTest>

#include <QTest>
#include <QThreadPool>

#include <memory>

#include "wordcounter.h"

class TestDeletedWatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyIsTold();
    void curedOneTells();
    void tellsTheNumber();
};

template <class Counter>
static QList<int> deleteWhileItCounts()
{
    QList<int> told;
    QSeamstressBreakpoint counting("counting");
    auto counter = std::make_unique<Counter>([&told](int words) { told.append(words); });
    counter->count("one two three");
    if (!counting.waitForHit())
        return { -2 };
    counter.reset(); // exactly here: the job is running
    counting.resume();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    return told;
}

void TestDeletedWatcher::nobodyIsTold()
{
    QCOMPARE(deleteWhileItCounts<WordCounter>(), QList<int>());
}

void TestDeletedWatcher::curedOneTells()
{
    QCOMPARE(deleteWhileItCounts<CuredWordCounter>(), QList<int>({ -1 }));
}

void TestDeletedWatcher::tellsTheNumber()
{
    int told = 0;
    CuredWordCounter counter([&told](int words) { told = words; });
    counter.count("one two three");
    QTRY_COMPARE(told, 3);
}

QTEST_GUILESS_MAIN(TestDeletedWatcher)
#include "tst_deletedwatcher.moc"
