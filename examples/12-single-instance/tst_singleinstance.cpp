// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a user sees when an application is started twice, at the moments that matter: while the first instance holds the lock but does
// not listen yet, while it listens, and while it ends. It is a child process, paused at the pause points of SingleInstance.

#include <QSeamstressTest>

#include <QFuture>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include "ledger.h"

using namespace std::chrono_literals;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAgainAfterItWasClosed();
    void saysThatTheFirstDoesNotAnswer_data();
    void saysThatTheFirstDoesNotAnswer();
    void handsOverToTheFirst();
    void waitsForAFirstThatDoesNotListenYet();
    void takesThePlaceOfOneThatEnds();
    void isNotLostIfTheFirstEndsBeforeItReads();
    void takesThePlaceOfOneThatWasKilled();
    void saysThatTheFolderCannotBeUsed();
};

// The first instance, in a child process: plain code that pauses at "locked", "listening" and "not listening any more".
static void startAndClose(QString folder)
{
    Ledger ledger(folder);
    if (!ledger.start({}))
        throw std::runtime_error(ledger.message().toStdString());
    ledger.close();
}

//! [first]
// The first instance again, which also runs its event loop until it is asked to open files.
static QSeamstressScript startAndOpen(QString folder)
{
    Ledger ledger(folder);
    if (!ledger.start({}))
        throw std::runtime_error(ledger.message().toStdString());
    const QFuture<QStringList> asked = QtFuture::connect(&ledger, &Ledger::opened);
    const QStringList files = co_await asked;
    co_yield QSeamstress::Pause("opened", files);
}
//! [first]

// The second instance, in a thread of the test. It waits up to an hour for the first one.
static QSeamstressScript startSecond(QString folder)
{
    Ledger ledger(folder);
    ledger.start({ "june" }, 1h);
    co_yield QSeamstress::Pause("told", ledger.message());
    co_yield QSeamstress::Pause("runs with", ledger.openFiles());
}

void TestSingleInstance::startsAgainAfterItWasClosed()
{
    const QTemporaryDir folder;
    Ledger ledger(folder.path());
    QVERIFY2(ledger.start({ "may" }), qPrintable(ledger.message()));
    QCOMPARE(ledger.openFiles(), QStringList("may"));
    ledger.close();
    QVERIFY2(ledger.start({ "june" }), qPrintable(ledger.message()));
    QCOMPARE(ledger.openFiles(), QStringList("june"));
    QCOMPARE(ledger.message(), "");
}

void TestSingleInstance::saysThatTheFirstDoesNotAnswer_data()
{
    QTest::addColumn<QString>("moment");
    for (const char *moment : { "locked", "listening", "not listening any more" })
        QTest::newRow(moment) << moment;
}

//! [no answer]
void TestSingleInstance::saysThatTheFirstDoesNotAnswer()
{
    QFETCH(const QString, moment);
    const QTemporaryDir folder;
    QSeamstressProcess first(&startAndClose, folder.path());
    first.setObjectName("first");
    QSEAMSTRESS_RUN_TO(first, moment);

    Ledger second(folder.path());
    QVERIFY(!second.start({ "june" }, 0ms));
    QCOMPARE(second.message(),
             QString("Ledger is already running, as process %1, but does not answer. Wait a moment or end that process, then start Ledger again.").arg(first.processId()));
    QCOMPARE(second.openFiles(), QStringList());

    QSEAMSTRESS_EXIT(first);
    QVERIFY2(second.start({ "june" }), qPrintable(second.message())); // it is now the first instance
}
//! [no answer]

//! [hands over]
void TestSingleInstance::handsOverToTheFirst()
{
    const QTemporaryDir folder;
    QSeamstressThread second([&folder] { return startSecond(folder.path()); });
    second.setObjectName("second");
    QSeamstressProcess first(&startAndOpen, folder.path());
    first.setObjectName("first");

    QSEAMSTRESS_RUN_TO(first, "listening");
    second.start();
    if (QSeamstressThread::isActivityAvailable())
        QVERIFY2(second.waitForBlocked(), qPrintable(second.errorString())); // for an answer; it has not shown a message yet
    QSEAMSTRESS_RUN_TO(first, "opened");
    QCOMPARE(first.pauseValue().toStringList(), QStringList("june"));
    QVERIFY2(second.waitForPaused(), qPrintable(second.errorString()));
    QCOMPARE(second.pausePoint(), "told");
    QCOMPARE(second.pauseValue().toString(), QString("Ledger is already running, as process %1. It opens june for you.").arg(first.processId()));
}
//! [hands over]

void TestSingleInstance::waitsForAFirstThatDoesNotListenYet()
{
    const QTemporaryDir folder;
    QSeamstressThread second([&folder] { return startSecond(folder.path()); });
    second.setObjectName("second");
    QSeamstressProcess first(&startAndOpen, folder.path());
    first.setObjectName("first");

    QSEAMSTRESS_RUN_TO(first, "locked");
    QSEAMSTRESS_ENTER(second);
    QCOMPARE(second.pausePoint(), "no answer");
    QSEAMSTRESS_RUN_TO(first, "listening");
    second.resume();
    QSEAMSTRESS_RUN_TO(first, "opened");
    QVERIFY2(second.waitForPaused(), qPrintable(second.errorString()));
    QCOMPARE(second.pausePoint(), "told");
    QCOMPARE(second.pauseValue().toString(), QString("Ledger is already running, as process %1. It opens june for you.").arg(first.processId()));
}

void TestSingleInstance::takesThePlaceOfOneThatEnds()
{
    const QTemporaryDir folder;
    QSEAMSTRESS_PROCESS(first, &startAndClose, folder.path());
    QSEAMSTRESS_RUN_TO(first, "not listening any more");
    QSEAMSTRESS_THREAD(second, [&folder] { return startSecond(folder.path()); });
    QCOMPARE(second.pausePoint(), "no answer");
    QSEAMSTRESS_EXIT(first);
    QSEAMSTRESS_RUN_TO(second, "told");
    QCOMPARE(second.pauseValue().toString(), ""); // it is now the instance, so there is no message
    QSEAMSTRESS_ADVANCE(second);
    QCOMPARE(second.pauseValue().toStringList(), QStringList("june"));
}

//! [last moment]
void TestSingleInstance::isNotLostIfTheFirstEndsBeforeItReads()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    const QTemporaryDir folder;
    QSeamstressThread second([&folder] { return startSecond(folder.path()); });
    second.setObjectName("second");
    QSeamstressProcess first(&startAndClose, folder.path());
    first.setObjectName("first");

    QSEAMSTRESS_RUN_TO(first, "listening");
    second.start();
    QVERIFY2(second.waitForBlocked(), qPrintable(second.errorString())); // it is connected, and waits for the acknowledgement
    QSEAMSTRESS_RUN_TO(first, "not listening any more");
    QVERIFY2(second.waitForPaused(), qPrintable(second.errorString()));
    QCOMPARE(second.pausePoint(), "no answer");
    QSEAMSTRESS_EXIT(first);
    QSEAMSTRESS_RUN_TO(second, "runs with");
    QCOMPARE(second.pauseValue().toStringList(), QStringList("june"));
}
//! [last moment]

void TestSingleInstance::takesThePlaceOfOneThatWasKilled()
{
    const QTemporaryDir folder;
    QSeamstressProcess first(&startAndClose, folder.path());
    first.setObjectName("first");
    QSEAMSTRESS_RUN_TO(first, "listening");
    QCOMPARE(::kill(static_cast<pid_t>(first.processId()), SIGKILL), 0);
    QVERIFY(!first.exit());
    QCOMPARE(first.error().code(), QSeamstressError::Crashed);

    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::System), QStringList({ "instance.lock", "instance.socket" })); // both files are left
    Ledger second(folder.path());
    QVERIFY2(second.start({ "june" }), qPrintable(second.message()));
}

void TestSingleInstance::saysThatTheFolderCannotBeUsed()
{
    const QTemporaryDir folder;
    Ledger ledger(folder.filePath("nowhere"));
    QVERIFY(!ledger.start({}));
    QCOMPARE(ledger.message(), QString("Ledger cannot start, since it cannot use the folder %1. Check that you can write to it.").arg(folder.filePath("nowhere")));
}

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
