// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What can go wrong before a script runs in its process: a foreign program, a foreign test, too little memory.

#include <QSeamstressTest>

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QScopeGuard>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

#include "../../src/process/frame_p.h"
#include "../../src/process/startframe_p.h"

using namespace QSeamstressPrivate;
using Phase = QSeamstressExecutor::Phase;

class TestProcessStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void stranger_data();
    void stranger();
    void child_data();
    void child();
    void noSharedMemoryIsLeft();
};

// Long enough for any machine under load: only a hang takes that long.
static constexpr int patience = 300'000; // ms

void TestProcessStart::initTestCase()
{
    // A child process with this variable must not run the tests.
    QVERIFY(!qEnvironmentVariableIsSet("TST_PROCESSSTART_IS_CHILD"));
}

void TestProcessStart::stranger_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("text");
    QTest::newRow("not-there") << "/nowhere/program" << QStringList() << "could not start: /nowhere/program";
    QTest::newRow("says-nothing") << "/bin/true" << QStringList() << "/bin/true exited with code 0 before it answered. Is it a test program that links the same build of QSeamstress";
    QTest::newRow("says-what-it-hears") << "/bin/cat" << QStringList() << "/bin/cat echoed what it was sent";
    QTest::newRow("says-something-else") << "/bin/echo" << QStringList{ "hello, here is a program that knows nothing of this" } << "could not start: ";
}

void TestProcessStart::stranger()
{
    QFETCH(const QString, program);
    QFETCH(const QStringList, arguments);
    QFETCH(const QString, text);
    QSeamstressProcess process([]() -> QSeamstressScript { co_yield "a"; });
    process.setObjectName("stranger");
    process.setProgram(program);
    process.setArguments(arguments);
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), QSeamstressError::FailedToStart);
    QVERIFY2(process.errorString().startsWith("\"stranger\" could not start: "), qPrintable(process.errorString()));
    QVERIFY2(process.errorString().contains(text), qPrintable(process.errorString()));
    QCOMPARE(process.phase(), Phase::Failed);
}

// The start frame of a test, for a script that does not exist.
static QByteArray startBytes()
{
    StartFrame start;
    start.scriptKey = "none";
    start.name = "nobody";
    start.segmentSize = 100;
    return encodeFrame(FrameType::Start, start.encode());
}

void TestProcessStart::child_data()
{
    QTest::addColumn<QByteArray>("sent");
    const QByteArray start = startBytes();
    QByteArray otherVersion = start;
    otherVersion[4] = char(otherVersion.at(4) ^ 0x40);
    QByteArray tooLong = start;
    tooLong.replace(7, 4, QByteArray(4, '\x7f'));
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("start-frame-cut-short") << start.left(start.size() / 2);
    QTest::newRow("start-frame-without-its-last-byte") << start.chopped(1);
    QTest::newRow("start-frame-of-another-version") << otherVersion;
    QTest::newRow("start-frame-that-is-too-long") << tooLong;
    QTest::newRow("start-frame-with-another-content") << encodeFrame(FrameType::Start, "content");
    QTest::newRow("another-frame") << encodeFrame(FrameType::Ended, {});
    QTest::newRow("garbage") << QByteArray(10000, 'x');
}

// This program as the child of a process that sends something other than a start frame. It ends at once, without running a test.
void TestProcessStart::child()
{
    QFETCH(const QByteArray, sent);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QSEAMSTRESS_CHILD", "none");
    environment.insert("TST_PROCESSSTART_IS_CHILD", "1");
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), QStringList());
    process.write(sent);
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(patience));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), EXIT_FAILURE);
    QCOMPARE(process.readAllStandardOutput(), QByteArray());
}

void TestProcessStart::noSharedMemoryIsLeft()
{
#ifdef Q_OS_LINUX
    // Less room than the test asks for, in addition to what the program already uses.
    QFile file("/proc/self/statm");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const rlim_t now = file.readAll().split(' ').first().toULongLong() * 4096;
    rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
    rlimit little = before;
    little.rlim_cur = now + 256 * 1024 * 1024;

    QSeamstressProcess process([]() -> QSeamstressScript { co_yield "a"; });
    process.setObjectName("other");
    process.setSharedMemorySize(1 << 30);
    QCOMPARE(::setrlimit(RLIMIT_AS, &little), 0);
    const bool entered = process.enter();
    QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
    QVERIFY(!entered);
    QCOMPARE(process.phase(), Phase::Failed);
    QCOMPARE(process.error().code(), QSeamstressError::FailedToStart);
    QVERIFY2(process.errorString().startsWith("\"other\" could not start: Creating shared memory of "), qPrintable(process.errorString()));
    QVERIFY2(process.errorString().contains("\"ipcs -m\" lists the segments in use") || process.errorString().contains("call setSharedMemorySize() with a smaller size"), qPrintable(process.errorString()));

    process.setSharedMemorySize(65536);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
#else
    QSKIP("This test can limit the memory on Linux only.");
#endif
}

QTEST_GUILESS_MAIN(TestProcessStart)
#include "tst_processstart.moc"
