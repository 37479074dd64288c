// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A process that a test has started leaves nothing in the system, however the test and the process end.

#include <QDir>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include "../shared/memoriesof.h"
#include "../shared/processstate.h"

class TestNothingIsLeft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void testIsKilled_data();
    void testIsKilled();
    void testEnds_data();
    void testEnds();
};

// Long enough for any machine under load: only a hang takes that long.
static constexpr int patience = 300'000; // ms

static bool isAlive(qint64 processId)
{
    // If no process reaps an orphan, it stays a zombie, which no longer owns any resources.
    const QByteArray state = stateOfProcess(processId);
    return !state.isEmpty() && state != "Z";
}

// A test with its own directory for temporary files, so that files of other programs are not mistaken for its files.
class Test
{
public:
    bool start(const QString &how)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("TMPDIR", m_temporary.path());
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(HOLDSAPROCESS_PATH, { how });
        m_childId = readNumber();
        m_testId = m_process.processId();
        return m_childId > 0;
    }
    bool isWhereItStays() { return readNumber() == 0; }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished(patience);
    }
    bool waitForFinished() { return m_process.waitForFinished(patience) && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0; }

    int memories() const { return memoriesOf(m_testId); }
    QString leftovers() const
    {
        QStringList left = QDir(m_temporary.path()).entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot);
        if (isAlive(m_childId))
            left.append("process");
        if (memories() != 0)
            left.append("memory");
        return left.join(' ');
    }

private:
    qint64 readNumber()
    {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(patience))
                return -1;
        }
        return m_process.readLine().trimmed().toLongLong();
    }

    QTemporaryDir m_temporary;
    QProcess m_process;
    qint64 m_testId = 0;
    qint64 m_childId = 0;
};

void TestNothingIsLeft::testIsKilled_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : { "starting", "halted", "computing", "blocked", "tearing-down" })
        QTest::addRow("test-killed-while-it-is-%s", how) << how;
}

void TestNothingIsLeft::testIsKilled()
{
    QFETCH(const QString, how);
    Test test;
    QVERIFY(test.start(how));
    QVERIFY(test.isWhereItStays());
    // A forked process uses anonymous shared memory.
    if (qgetenv("QSEAMSTRESS_FORK_SERVER") == "0")
        QCOMPARE(test.memories(), 1);
    test.kill();
    // The library promises 2 s on an idle machine.
    static const int factor = std::max(1, qEnvironmentVariableIntValue("QSEAMSTRESS_TIMEOUT_FACTOR"));
    QTRY_COMPARE_WITH_TIMEOUT(test.leftovers(), QString(), 2000 * factor);
}

void TestNothingIsLeft::testEnds_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<bool>("atOnce");
    for (const char *how : { "ends", "throws", "crashes", "killed", "destroyed" })
        QTest::newRow(how) << how << true;
    QTest::newRow("never-destroyed") << "never-destroyed" << false;
}

void TestNothingIsLeft::testEnds()
{
    QFETCH(const QString, how);
    QFETCH(const bool, atOnce);
    Test test;
    QVERIFY(test.start(how));
    QVERIFY(test.waitForFinished());
    if (!atOnce)
        QTRY_COMPARE_WITH_TIMEOUT(test.leftovers(), QString(), patience);
    QCOMPARE(test.leftovers(), QString());
}

QTEST_GUILESS_MAIN(TestNothingIsLeft)
#include "tst_nothingisleft.moc"
