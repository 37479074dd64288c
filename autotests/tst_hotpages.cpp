// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Of many processes the later ones cost less: the fork server keeps the pages of code that they use.

#include <QSeamstressTest>

#include <QTest>

#include <algorithm>
#include <csignal>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "shared/canfork.h"

class TestHotPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laterProcessesHaveFewerFaults_data();
    void laterProcessesHaveFewerFaults();
};

static QSeamstressScript countsFaults()
{
    rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    co_yield QSeamstress::Pause("counted", qint64(usage.ru_minflt));
}

// Enters so many processes: how many page faults each has had before its first pause point. Fewer, if one fails.
static QList<qint64> faultsOf(int count)
{
    QList<qint64> faults;
    for (int i = 0; i < count; ++i) {
        QSeamstressProcess process(&countsFaults);
        const bool entered = process.enter();
        const qint64 number = process.pauseValue().toLongLong();
        if (!entered || !process.exit()) {
            qWarning("%s", qPrintable(process.errorString()));
            break;
        }
        faults.append(number);
    }
    return faults;
}

// Enters so many, and kills them.
static bool kill(int count)
{
    for (int i = 0; i < count; ++i) {
        QSeamstressProcess process(&countsFaults);
        if (!process.enter() || ::kill(static_cast<pid_t>(process.processId()), SIGKILL) != 0 || process.exit())
            return false;
    }
    return true;
}

static qint64 median(QList<qint64> numbers)
{
    std::sort(numbers.begin(), numbers.end());
    return numbers.at(numbers.size() / 2);
}

// The next process has a new one.
static bool endServer()
{
    QSeamstressProcess process([]() -> QSeamstressScript { co_yield QSeamstress::Pause("server", qint64(::getppid())); });
    if (!process.enter() || ::kill(static_cast<pid_t>(process.pauseValue().toLongLong()), SIGKILL) != 0)
        return false;
    static_cast<void>(process.exit()); // as it may be: the process dies with its server, or comes to its end before
    return true;
}

// Some systems forbid it.
static bool canWriteToConstants()
{
    static constexpr char constant = 'c';
    const QSeamstressPrivate::Descriptor memory(::open("/proc/self/mem", O_RDWR | O_CLOEXEC));
    return ::pwrite(memory.number(), "c", 1, reinterpret_cast<off_t>(&constant)) == 1;
}

void TestHotPages::laterProcessesHaveFewerFaults_data()
{
    QTest::addColumn<int>("killed");
    QTest::newRow("all-end") << 0;
    QTest::newRow("those-that-tell-are-killed") << 2;
}

void TestHotPages::laterProcessesHaveFewerFaults()
{
    if (!canFork())
        QSKIP("Each process is started by QProcess here.");
    if (!canWriteToConstants())
        QSKIP("This system lets no process write to its own constants.");
    QFETCH(const int, killed);
    QVERIFY(endServer());
    const QList<qint64> before = faultsOf(49);
    QCOMPARE(before.size(), 49);
    QVERIFY(kill(killed));
    QCOMPARE(faultsOf(2).size(), 2); // these tell
    const QList<qint64> after = faultsOf(21);
    QCOMPARE(after.size(), 21);
    QVERIFY2(median(after) + 20 < median(before), qPrintable(QStringLiteral("%1 faults, %2 before").arg(median(after)).arg(median(before))));
}

QTEST_GUILESS_MAIN(TestHotPages)
#include "tst_hotpages.moc"
