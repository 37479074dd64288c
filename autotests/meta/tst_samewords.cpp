// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Examples 01 and 10 test the same function with the same code: once behind a lock between threads, once behind a lock between
// processes. That is what they demonstrate, so their code must stay the same.

#include <QFile>
#include <QTest>

class TestSameWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threadsAndProcesses_data();
    void threadsAndProcesses();
};

static QString regionOf(const QString &example, const QString &name)
{
    QFile file(QStringLiteral(QSEAMSTRESS_SOURCE_DIR "/examples/") + example);
    const QString marker = QStringLiteral("//! [%1]\n").arg(name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).section(marker, 1, 1) : QString();
}

void TestSameWords::threadsAndProcesses_data()
{
    QTest::addColumn<QString>("region");
    for (const char *region : { "config", "use config", "guard" })
        QTest::newRow(region) << region;
}

void TestSameWords::threadsAndProcesses()
{
    QFETCH(const QString, region);
    QString ofThread = regionOf("01-contested-lock/tst_contestedlock.cpp", region);
    QVERIFY(!ofThread.isEmpty());
    ofThread.replace("TestContestedLock", "TestLockBetweenProcesses").replace("QSeamstressThread", "QSeamstressProcess").replace("the other thread", "the other process");
    QCOMPARE(regionOf("10-lock-between-processes/tst_lockbetweenprocesses.cpp", region), ofThread);
}

QTEST_APPLESS_MAIN(TestSameWords)
#include "tst_samewords.moc"
