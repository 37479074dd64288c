// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a script finds in its own process, and what it may do there.

#include <QSeamstressTest>

#include <QFile>
#include <QProcess>
#include <QScopeGuard>
#include <QTest>

#include <cstdio>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

class TestProcessSurroundings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsStandardInput();
    void forksItself();
    void enteredInAChild();
    void inheritsNoDescriptor();
    void variableIsNotInherited();
};

void TestProcessSurroundings::readsStandardInput()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        char byte = 0;
        const int count = int(::read(STDIN_FILENO, &byte, 1));
        const int next = std::getchar();
        const QVariant seen = QVariantList{ count, next };
        co_yield QSeamstress::Pause("read", seen);
    });
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.pauseValue().toList(), QVariantList({ 0, EOF })); // end of file at once, and nothing of the test's messages
    QVERIFY(process.exit());
}

void TestProcessSurroundings::forksItself()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(3);
        int status = 0;
        ::waitpid(child, &status, 0);
        QProcess program;
        program.start("/bin/true", QStringList());
        program.waitForFinished();
        const int code = 10 * WEXITSTATUS(status) + program.exitCode();
        co_yield QSeamstress::Pause("waited", code);
    });
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.pauseValue().toInt(), 30);
    QVERIFY(process.exit());
}

void TestProcessSurroundings::enteredInAChild()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        QSeamstressProcess inner([]() -> QSeamstressScript { co_yield "inner"; });
        inner.setObjectName("inner");
        const bool entered = inner.enter();
        const QVariant seen = QVariantList{ entered, int(inner.error().code()), inner.errorString() };
        co_yield QSeamstress::Pause("seen", seen);
    });
    QVERIFY(process.enter());
    const QVariantList seen = process.pauseValue().toList();
    QCOMPARE(seen.value(0).toBool(), false);
    QCOMPARE(seen.value(1).toInt(), int(QSeamstressError::InvalidUse));
    QCOMPARE(seen.value(2).toString(), "\"inner\" cannot start, since it is in the child process of a test; enter processes in the test, and threads or tasks in the child process.");
}

void TestProcessSurroundings::inheritsNoDescriptor()
{
    if (qEnvironmentVariable("QSEAMSTRESS_TEST_PLATFORM") == "generic")
        QSKIP("Without close_range(), a process inherits the same descriptors as any child of QProcess.");
    const int open = ::open("/dev/null", O_RDONLY); // without O_CLOEXEC, as in a careless test
    QVERIFY(open > 2);
    const auto close = qScopeGuard([open] { ::close(open); });
    QSeamstressProcess process([](int number) -> QSeamstressScript {
        const QString target = QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(number));
        co_yield QSeamstress::Pause("seen", target);
    }, open);
    QVERIFY(process.enter());
    QVERIFY2(process.pauseValue().toString() != "/dev/null", qPrintable(process.pauseValue().toString()));
}

void TestProcessSurroundings::variableIsNotInherited()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        QProcess grandchild;
        grandchild.start("/usr/bin/env", QStringList());
        grandchild.waitForFinished();
        const QByteArray environment = grandchild.readAllStandardOutput();
        co_yield QSeamstress::Pause("seen", environment);
    });
    QVERIFY(process.enter());
    QVERIFY(process.pauseValue().toByteArray().contains("PATH="));
    for (const char *ours : { "QSEAMSTRESS_CHILD", "QSEAMSTRESS_FORK_SERVER_SOCKET" })
        QVERIFY(!process.pauseValue().toByteArray().contains(ours));
}

QTEST_GUILESS_MAIN(TestProcessSurroundings)
#include "tst_processsurroundings.moc"
