// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Three writers of one log, 1,680 orders. ctest spreads them over four runs of this program; the test needs no code for that.

#include <QSeamstressExplorer>
#include <QSeamstressPausePoint>

#include <QTest>

#include <QMutex>
#include <QStringList>

class TestShards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesStayWhole();
};

class Log
{
public:
    void write(const QString &writer)
    {
        QString line = writer;
        QSEAMSTRESS_PAUSE_POINT("line begun");
        line += ": done";
        QSEAMSTRESS_PAUSE_POINT("line complete");
        const QMutexLocker locker(&m_mutex);
        m_lines.append(line);
    }
    QStringList takeLines() { return std::exchange(m_lines, {}); }

private:
    QMutex m_mutex;
    QStringList m_lines;
};

void TestShards::linesStayWhole()
{
    Log log;
    QSeamstressExplorer explorer;
    for (const QString writer : { "Alice", "Bob", "Carol" })
        explorer.addThread(writer, [&log, writer] { log.write(writer); });
    explorer.setReset([&log] { log.takeLines(); });
    explorer.setCheck([&log] {
        QStringList lines = log.takeLines();
        lines.sort();
        return lines == QStringList{ "Alice: done", "Bob: done", "Carol: done" };
    });
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    qInfo("%s", qPrintable(explorer.report())); // Passed: 420 of 1,680 orders, shard 1 of 4, ...
}

QTEST_MAIN(TestShards)
#include "tst_shards.moc"
