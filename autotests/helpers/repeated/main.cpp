// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Runs one test object several times in one process, as newer versions of Qt do with -repeat. Its executor is a member, so that
// each run starts with the state that the previous run has left.

#include <QSeamstressTest>

#include <QMutex>
#include <QTest>

class TestRepeated : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusedWhileTheLockIsHeld();
    void refusedByAnExecutorOfItsOwn();

private:
    QMutex m_mutex;
    QSeamstressThread m_hogger{ &m_mutex };
};

void TestRepeated::refusedWhileTheLockIsHeld()
{
    QSEAMSTRESS_ENTER(m_hogger);
    QVERIFY(!m_mutex.tryLock());
    QSEAMSTRESS_EXIT(m_hogger);
    QVERIFY(m_mutex.tryLock());
    m_mutex.unlock();
}

void TestRepeated::refusedByAnExecutorOfItsOwn()
{
    QSEAMSTRESS_THREAD(hogger, &m_mutex);
    QVERIFY(!m_mutex.tryLock());
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    TestRepeated test;
    for (int i = 0; i < 20; ++i) {
        if (const int failures = QTest::qExec(&test, argc, argv))
            return failures;
    }
    return 0;
}

#include "main.moc"
