// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A model that one thread changes while another thread exports it row by row. It may change between two rows.

#include <QSeamstressExplorer>
#include <QSeamstressNamespace>

#include <QReadWriteLock>
#include <QStringListModel>
#include <QTest>

#include <stdexcept>

class TestModelInTwoThreads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exportsARowThatIsGone();
    void snapshotIsWhole();
};

// The bug: reads rowCount() first, then reads each row under a separate lock.
static QStringList exportRows(const QAbstractItemModel &model, QReadWriteLock &lock)
{
    QStringList lines;
    lock.lockForRead();
    const int rows = model.rowCount();
    lock.unlock();
    for (int row = 0; row < rows; ++row) {
        QSeamstress::pause("between rows");
        const QReadLocker locker(&lock);
        const QModelIndex index = model.index(row, 0);
        if (!index.isValid())
            throw std::out_of_range("row " + std::to_string(row) + " is gone");
        lines.append(index.data().toString());
    }
    return lines;
}

// The fix: read everything under one lock.
static QStringList exportSnapshot(const QAbstractItemModel &model, QReadWriteLock &lock)
{
    QSeamstress::pause("before the snapshot");
    const QReadLocker locker(&lock);
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines.append(model.index(row, 0).data().toString());
    return lines;
}

static void removeFirst(QAbstractItemModel &model, QReadWriteLock &lock)
{
    QSeamstress::pause("asked to remove");
    const QWriteLocker locker(&lock);
    model.removeRow(0);
}

void TestModelInTwoThreads::exportsARowThatIsGone()
{
    QReadWriteLock lock;
    QStringListModel model;
    QSeamstressExplorer explorer;
    explorer.addThread("export", [&] { exportRows(model, lock); });
    explorer.addThread("user", [&] { removeFirst(model, lock); });
    explorer.setReset([&model] { model.setStringList({ "one", "two" }); });
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.verdict(), QSeamstressExplorer::ExceptionThrown);
    QCOMPARE(explorer.failingOrder(), "export>between rows user>asked to remove user>done export>between rows#2 export>done");
    QVERIFY2(explorer.report().contains("row 1 is gone"), qPrintable(explorer.report()));
    for (int i = 0; i < 100; ++i)
        QVERIFY(!explorer.run("export>between rows user>asked to remove user>done export>between rows#2 export>done"));
}

void TestModelInTwoThreads::snapshotIsWhole()
{
    QReadWriteLock lock;
    QStringListModel model;
    QStringList lines;
    QSeamstressExplorer explorer;
    explorer.addThread("export", [&] { lines = exportSnapshot(model, lock); });
    explorer.addThread("user", [&] { removeFirst(model, lock); });
    explorer.setReset([&model] { model.setStringList({ "one", "two" }); });
    explorer.setCheck([&lines] { return lines == QStringList{ "one", "two" } || lines == QStringList{ "two" }; });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
}

QTEST_MAIN(TestModelInTwoThreads)
#include "tst_modelintwothreads.moc"
