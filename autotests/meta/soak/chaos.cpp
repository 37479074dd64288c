// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "chaos.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <csignal>
#include <random>

#include "table.h"

namespace {

enum Target { Process = 1,
              Server = 2,
              Test = 4 };

// Long enough for any machine under load: only a hang takes that long.
constexpr int patience = 120'000; // ms

// A test with its own folder for temporary files, its process and its fork server.
class Victim
{
public:
    Victim()
    {
        static int number = 0;
        m_mark = QByteArray::number(QCoreApplication::applicationPid()) + '-' + QByteArray::number(++number);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("TMPDIR", m_folder.path());
        environment.insert("SOAK", QString::fromLatin1(m_mark));
        m_test.setProcessEnvironment(environment);
        m_test.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    }

    bool start()
    {
        m_test.start(QCoreApplication::applicationFilePath(), { "--victim" });
        m_testId = m_test.waitForStarted(patience) ? m_test.processId() : 0;
        return m_testId != 0;
    }
    // The next line that the test prints; empty if it has ended.
    QByteArray readLine()
    {
        while (!m_test.canReadLine()) {
            if (!m_test.waitForReadyRead(patience))
                return {};
        }
        return m_test.readLine().trimmed();
    }
    // Waits until the test has entered a process, or has ended.
    bool waitForProcess()
    {
        for (QByteArray line = readLine(); !line.isEmpty(); line = readLine()) {
            const QByteArrayList numbers = line.split(' ');
            bool isNumber = false;
            m_processId = numbers.first().toLongLong(&isNumber);
            if (isNumber) {
                m_serverId = numbers.last().toLongLong();
                return true;
            }
            m_crashes += line.startsWith("\"victim\" was terminated by SIGKILL") ? 1 : 0;
            const bool isExpected = line == "ended" || line.startsWith("\"victim\" was terminated by SIGKILL") || line.contains("was terminated because the fork server");
            if (!isExpected)
                m_problem = QString::fromUtf8(line);
        }
        return false;
    }
    // There is no server if QProcess has started the process.
    void kill(int targets)
    {
        if (targets & Process)
            ::kill(static_cast<pid_t>(m_processId), SIGKILL);
        if (targets & Server && m_serverId != m_testId && m_serverId > 1)
            ::kill(static_cast<pid_t>(m_serverId), SIGKILL);
        if (targets & Test)
            ::kill(static_cast<pid_t>(m_testId), SIGKILL);
    }
    bool waitForEnd()
    {
        m_test.closeWriteChannel();
        return m_test.state() == QProcess::NotRunning || m_test.waitForFinished(patience);
    }
    // Returns what is left after at most 2 s: nothing, on an idle machine.
    Resources leftAtLast(const Resources &before) const
    {
        static const int factor = std::max(1, qEnvironmentVariableIntValue("QSEAMSTRESS_TIMEOUT_FACTOR"));
        const QDeadlineTimer deadline(2000 * factor);
        Resources left;
        do {
            left = Resources::difference(before, Resources::of(m_testId, m_mark, m_folder.path()));
        } while (!left.areNone() && !deadline.hasExpired());
        return left;
    }
    Resources resources() const { return Resources::of(m_testId, m_mark, m_folder.path()); }
    QString problem() const { return m_problem; }
    int crashes() const { return m_crashes; }

private:
    QTemporaryDir m_folder;
    QByteArray m_mark;
    QProcess m_test;
    qint64 m_testId = 0;
    qint64 m_processId = 0;
    qint64 m_serverId = 0;
    int m_crashes = 0;
    QString m_problem;
};

class Chaos
{
public:
    Chaos(int targets, unsigned seed)
        : m_targets(targets)
        , m_random(seed)
    {
    }

    // Starts a new test after each kill that the test does not survive.
    bool soak(const QString &name, int count)
    {
        Resources left;
        int crashes = 0;
        for (int killed = 0; killed < count && m_problem.isEmpty();) {
            Victim victim;
            const Resources before = victim.resources();
            killed += kill(victim, count - killed);
            if (!victim.waitForEnd())
                m_problem = "a test does not end";
            const Resources more = victim.leftAtLast(before);
            std::transform(left.counts.begin(), left.counts.end(), more.counts.begin(), left.counts.begin(), [](qint64 a, qint64 b) { return a + std::max<qint64>(b, 0); });
            crashes += victim.crashes();
        }
        printRow(name + ": killed", count, left, m_problem.isEmpty() && !(m_targets & Test) ? QStringLiteral("%1 Crashed naming SIGKILL").arg(crashes) : m_problem);
        return left.areNone() && m_problem.isEmpty();
    }

private:
    int kill(Victim &victim, int count)
    {
        if (!victim.start() || !victim.waitForProcess()) {
            m_problem = "a test does not start";
            return 0;
        }
        int killed = 0;
        do {
            // About the lifetime of a process.
            QThread::usleep(std::uniform_int_distribution<unsigned long>(0, 2000)(m_random));
            victim.kill(m_targets);
            ++killed;
            if (m_targets & Test)
                return killed;
            if (!victim.waitForProcess() || !victim.waitForProcess())
                m_problem = "the next process was not entered";
            if (!victim.problem().isEmpty())
                m_problem = victim.problem();
        } while (killed < count && m_problem.isEmpty());
        return killed;
    }

    const int m_targets;
    std::mt19937 m_random;
    QString m_problem;
};

} // namespace

bool soakInChaos(int count, unsigned seed)
{
    bool succeeded = true;
    for (int targets = Process; targets <= (Process | Server | Test); ++targets) {
        QStringList names;
        if (targets & Process)
            names.append("process");
        if (targets & Server)
            names.append("fork server");
        if (targets & Test)
            names.append("test");
        succeeded = Chaos(targets, seed + static_cast<unsigned>(targets)).soak(names.join(" and "), count) && succeeded;
    }
    return succeeded;
}
