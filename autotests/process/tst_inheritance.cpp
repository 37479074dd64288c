// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a script's process inherits from its test: the same from a fork server that was started long before as from QProcess.

#include <QSeamstressTest>

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <clocale>
#include <csignal>
#include <functional>

#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "canfork.h"

class TestInheritance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isAsByQProcess_data();
    void isAsByQProcess();
    void isForked();
    void isLeftToQProcess_data();
    void isLeftToQProcess();
    void inheritsAsByQProcess_data();
    void inheritsAsByQProcess();
    void serverThatDeclines();
};

static constexpr char serverVariable[] = "QSEAMSTRESS_FORK_SERVER";

// A property of this process, as text.
static QString look(const QString &what)
{
    if (what == "environment")
        return QString::fromLocal8Bit(qgetenv("TST_SET") + '|' + qgetenv("TST_CHANGED") + '|') + (qEnvironmentVariableIsSet("TST_UNSET") ? "is set" : "is not set");
    if (what == "large-environment")
        return QString::number(qgetenv("TST_LARGE").size());
    if (what == "working-directory")
        return QDir::currentPath();
    if (what == "umask") {
        const mode_t mask = ::umask(0);
        ::umask(mask);
        return QString::number(mask, 8);
    }
    if (what == "limits") {
        QStringList limits;
        for (int resource = 0; resource < RLIM_NLIMITS; ++resource) {
            rlimit limit = {};
            ::getrlimit(static_cast<decltype(RLIMIT_CPU)>(resource), &limit);
            limits.append(QStringLiteral("%1/%2").arg(limit.rlim_cur).arg(limit.rlim_max));
        }
        return limits.join(' ');
    }
    if (what == "locale")
        return QString::fromLatin1(std::setlocale(LC_ALL, nullptr)) + ' ' + QLocale::system().name();
    if (what.endsWith("-signals")) {
        QStringList signalNumbers;
        sigset_t blocked;
        ::pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
        for (int signal = 1; signal < NSIG; ++signal) {
            struct sigaction action = {};
            const bool counts = what == "blocked-signals" ? ::sigismember(&blocked, signal) == 1 : ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
            // Some classes of Qt ignore SIGPIPE, so it proves nothing.
            if (counts && signal != SIGPIPE)
                signalNumbers.append(QString::number(signal));
        }
        return signalNumbers.join(' ');
    }
    if (what == "niceness")
        return QString::number(::getpriority(PRIO_PROCESS, 0));
    if (what == "processors") {
        cpu_set_t processors;
        ::sched_getaffinity(0, sizeof processors, &processors);
        return QString::number(CPU_COUNT(&processors)) + (CPU_ISSET(0, &processors) ? " with the first" : " without the first");
    }
    if (what == "process-group")
        return QString::number(::getpgrp());
    if (what == "session")
        return QString::number(::getsid(0));
    if (what == "descriptors")
        return QDir("/proc/self/fd").entryList(QDir::Files | QDir::System).filter(QRegularExpression("^[012]$")).join(' ');
    return {};
}

// The property in a process that is started now, and whether QProcess started that process.
struct Seen
{
    QString text;
    bool isOurChild = false;
};

static std::optional<Seen> lookInProcess(const QString &what, const std::function<void(QSeamstressProcess &)> &prepare = {})
{
    QSeamstressProcess process([](QString what) -> QSeamstressScript {
        const QVariant seen = QVariantList{ look(what), qint64(::getppid()) };
        co_yield QSeamstress::Pause("seen", seen);
    },
                               what);
    if (prepare)
        prepare(process);
    if (!process.enter()) {
        qWarning("%s", qPrintable(process.errorString()));
        return {};
    }
    const QVariantList seen = process.pauseValue().toList();
    return Seen{ seen.value(0).toString(), seen.value(1).toLongLong() == ::getpid() };
}

void TestInheritance::initTestCase()
{
    qputenv("TST_CHANGED", "before");
    qputenv("TST_UNSET", "before");
    // The first process starts the fork server, before any change.
    QVERIFY(lookInProcess("environment"));
}

// Changes this process, and returns a function that undoes the change.
using Change = std::function<std::function<void()>()>;
Q_DECLARE_METATYPE(Change)

static std::function<void()> changeEnvironment()
{
    qputenv("TST_SET", "now");
    qputenv("TST_CHANGED", "now");
    qunsetenv("TST_UNSET");
    return [] { qunsetenv("TST_SET"); };
}

static std::function<void()> changeLimits()
{
    std::array<rlimit, 3> before;
    const std::array resources{ RLIMIT_NOFILE, RLIMIT_CORE, RLIMIT_STACK };
    for (std::size_t i = 0; i < resources.size(); ++i) {
        ::getrlimit(resources[i], &before[i]);
        rlimit now = before[i];
        now.rlim_cur = resources[i] == RLIMIT_NOFILE ? 200 : resources[i] == RLIMIT_CORE ? 0
                                                                                         : 4 * 1024 * 1024;
        ::setrlimit(resources[i], &now);
    }
    return [before, resources] {
        for (std::size_t i = 0; i < resources.size(); ++i)
            ::setrlimit(resources[i], &before[i]);
    };
}

static std::function<void()> blockSignal()
{
    sigset_t one;
    sigset_t before;
    ::sigemptyset(&one);
    ::sigaddset(&one, SIGUSR1);
    ::pthread_sigmask(SIG_BLOCK, &one, &before);
    return [before] { ::pthread_sigmask(SIG_SETMASK, &before, nullptr); };
}

static std::function<void()> changeProcessors()
{
    cpu_set_t before;
    ::sched_getaffinity(0, sizeof before, &before);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int i = CPU_SETSIZE - 1; i >= 0 && CPU_COUNT(&one) == 0; --i) {
        if (CPU_ISSET(i, &before))
            CPU_SET(i, &one);
    }
    ::sched_setaffinity(0, sizeof one, &one);
    return [before] { ::sched_setaffinity(0, sizeof before, &before); };
}

void TestInheritance::isAsByQProcess_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("changes"); // whether a new process sees the change
    QTest::newRow("environment") << Change(changeEnvironment) << true;
    QTest::newRow("large-environment") << Change([]() -> std::function<void()> {
        qputenv("TST_LARGE", QByteArray(100'000, 'x'));
        return [] { qunsetenv("TST_LARGE"); };
    }) << true;
    QTest::newRow("working-directory") << Change([]() -> std::function<void()> {
        const QString before = QDir::currentPath();
        QDir::setCurrent("/usr");
        return [before] { QDir::setCurrent(before); };
    }) << true;
    QTest::newRow("umask") << Change([]() -> std::function<void()> {
        const mode_t before = ::umask(0137);
        return [before] { ::umask(before); };
    }) << true;
    QTest::newRow("limits") << Change(changeLimits) << true;
    QTest::newRow("locale") << Change([]() -> std::function<void()> {
        const QByteArray before = qgetenv("LC_ALL");
        const bool wasSet = qEnvironmentVariableIsSet("LC_ALL");
        qputenv("LC_ALL", before == "C" ? "C.UTF-8" : "C");
        return [before, wasSet] { wasSet ? qputenv("LC_ALL", before) : qunsetenv("LC_ALL"); };
    }) << true;
    QTest::newRow("blocked-signals") << Change(blockSignal) << true;
    QTest::newRow("ignored-signals") << Change([]() -> std::function<void()> {
        const auto before = ::signal(SIGUSR2, SIG_IGN);
        return [before] { ::signal(SIGUSR2, before); };
    }) << true;
    // Signal handlers do not survive exec().
    QTest::newRow("handled-signals") << Change([]() -> std::function<void()> {
        const auto before = ::signal(SIGUSR2, [](int) {});
        return [before] { ::signal(SIGUSR2, before); };
    }) << false;
    QTest::newRow("niceness") << Change([]() -> std::function<void()> {
        // Without root privileges, it cannot be undone, which is harmless.
        ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + 1);
        return [] { ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) - 1); };
    }) << true;
    QTest::newRow("processors") << Change(changeProcessors) << (QThread::idealThreadCount() > 1);
    for (const char *what : { "process-group", "session", "descriptors" })
        QTest::newRow(what) << Change([]() -> std::function<void()> { return [] {}; }) << false;
}

void TestInheritance::isAsByQProcess()
{
    if (!canFork())
        QSKIP("QProcess starts each process on this system.");
    QFETCH(const Change, change);
    const QString what = QTest::currentDataTag();
    const std::optional<Seen> before = lookInProcess(what);
    const auto changeBack = qScopeGuard(change());
    const std::optional<Seen> forked = lookInProcess(what);
    qputenv(serverVariable, "0");
    const auto forkAgain = qScopeGuard([] { qunsetenv(serverVariable); });
    const std::optional<Seen> started = lookInProcess(what);
    QVERIFY(before && forked && started);
    QVERIFY(started->isOurChild);
    QCOMPARE(forked->text, started->text);
    // This process changed it too, except for the locale.
    if (what != "locale")
        QCOMPARE(forked->text, look(what));
    QFETCH(const bool, changes);
    QVERIFY2(!changes || forked->text != before->text, qPrintable(before->text));
}

void TestInheritance::isForked()
{
    if (!canFork())
        QSKIP("QProcess starts each process on this system.");
    const std::optional<Seen> seen = lookInProcess("umask");
    QVERIFY(seen);
    QVERIFY(!seen->isOurChild);
}

using Preparation = std::function<void(QSeamstressProcess &)>;
Q_DECLARE_METATYPE(Preparation)

void TestInheritance::isLeftToQProcess_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<Preparation>("prepare");
    const Preparation nothing = [](QSeamstressProcess &) {};
    QTest::newRow("switched-off") << QByteArray("QSEAMSTRESS_FORK_SERVER=0") << nothing;
    QTest::newRow("variable-of-the-dynamic-linker") << QByteArray("LD_BIND_NOW=1") << nothing;
    QTest::newRow("variable-of-the-c-library") << QByteArray("MALLOC_PERTURB_=7") << nothing;
    QTest::newRow("other-environment") << QByteArray() << Preparation([](QSeamstressProcess &process) { process.setProcessEnvironment(QProcessEnvironment::systemEnvironment()); });
    QTest::newRow("other-working-directory") << QByteArray() << Preparation([](QSeamstressProcess &process) { process.setWorkingDirectory("/usr"); });
    QTest::newRow("arguments") << QByteArray() << Preparation([](QSeamstressProcess &process) { process.setArguments({ "-o" }); });
    QTest::newRow("other-program") << QByteArray() << Preparation([](QSeamstressProcess &process) {
        // The same program under another name.
        const QString link = QDir::temp().filePath(QStringLiteral("tst_inheritance-%1").arg(::getpid()));
        QFile::remove(link);
        QFile::link(QCoreApplication::applicationFilePath(), link);
        process.setProgram(link);
    });
}

void TestInheritance::isLeftToQProcess()
{
    QFETCH(const QByteArray, variable);
    QFETCH(const Preparation, prepare);
    const QByteArray name = variable.left(variable.indexOf('='));
    if (!variable.isEmpty())
        qputenv(name, variable.mid(name.size() + 1));
    const auto changeBack = qScopeGuard([&name] {
        if (!name.isEmpty())
            qunsetenv(name);
        QFile::remove(QDir::temp().filePath(QStringLiteral("tst_inheritance-%1").arg(::getpid())));
    });
    const std::optional<Seen> seen = lookInProcess("umask", prepare);
    QVERIFY(seen);
    QVERIFY(seen->isOurChild);
}

void TestInheritance::inheritsAsByQProcess_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : { "groups", "capabilities", "namespace-of-names", "namespace-of-networks", "namespace-of-mounts", "namespace-of-IPC", "scheduling-policy", "session",
                              "process-group", "no_new_privs", "securebits", "io-priority", "personality", "timer-slack", "oom-score", "nothing" })
        QTest::addRow("%s", what) << QString(what);
}

// Properties that a forked process would inherit from the server, and that cannot be changed in it.
void TestInheritance::inheritsAsByQProcess()
{
    if (!canFork())
        QSKIP("QProcess starts each process on this system.");
    QFETCH(const QString, what);
    QProcess program;
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(CHANGESITSELF_PATH, { what });
    QVERIFY(program.waitForFinished(300'000));
    static constexpr int notPermitted = 77;
    if (program.exitCode() == notPermitted)
        QSKIP("Only root may change this.");
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(program.readAllStandardOutput(), what == "nothing" ? "forked\nforked\n" : "forked\nstarted by QProcess\n");
}

// A program with more than one thread before main() cannot be forked.
void TestInheritance::serverThatDeclines()
{
    QProcess program;
    program.start(THREADBEFOREMAIN_PATH, QStringList());
    QVERIFY(program.waitForFinished(300'000));
    QCOMPARE(program.readAllStandardOutput(), QByteArray("started by QProcess\nstarted by QProcess\n"));
    QCOMPARE(program.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestInheritance)
#include "tst_inheritance.moc"
