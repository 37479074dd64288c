// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program whose main() creates no QCoreApplication. A child process would run the tests again, so none is started.

#include <QSeamstressTest>

#include <QCoreApplication>
#include <QTest>

#include "arrivals.h"

// Each process of this program gets here before main().
static const bool isNoted = (Arrivals::note(), true);

class TestApplessMain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsNoProcess_data();
    void startsNoProcess();
};

void TestApplessMain::startsNoProcess_data()
{
    QTest::addColumn<bool>("makesAnApplication");
    QTest::newRow("without-an-application") << false;
    QTest::newRow("with-an-application-of-the-test-function") << true;
}

void TestApplessMain::startsNoProcess()
{
    QFETCH(const bool, makesAnApplication);
    int count = 1;
    char name[] = "tst_applessmain";
    char *arguments[] = { name, nullptr };
    const auto application = makesAnApplication ? std::make_unique<QCoreApplication>(count, arguments) : nullptr;

    QSeamstressProcess process([]() -> QSeamstressScript { co_yield "a"; });
    process.setObjectName("other");
    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressProcess::enter: \"other\" cannot start, since its process would run the tests instead of the script: this program creates no "
                         "QCoreApplication, or created it in a test or before the library was loaded; use QTEST_MAIN or QTEST_GUILESS_MAIN, or call "
                         "QSeamstress::runIfChild() in the first line of main() and create a QCoreApplication.");
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(process.phase(), QSeamstressExecutor::Idle);
    QCOMPARE(process.processId(), 0);
    QVERIFY(process.errors().isEmpty());
    QVERIFY(isNoted);
    QCOMPARE(Arrivals::count(), 1);
}

QTEST_APPLESS_MAIN(TestApplessMain)
#include "tst_applessmain.moc"
