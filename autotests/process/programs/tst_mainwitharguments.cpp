// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program whose main() needs an argument before it creates its QCoreApplication, and then rejects unknown arguments.

#include <QSeamstressTest>

#include <QCommandLineParser>
#include <QTest>

#include <cstdio>
#include <cstring>

#include "arrivals.h"

static const char *database = nullptr;

class TestMainWithArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void hasItsOwnArguments();
    void needsNoneAfterItsApplication();
    void isNotGivenThoseOfTheTest();
};

void TestMainWithArguments::initTestCase()
{
    Arrivals::note();
    QCOMPARE(database, "of the test");
}

void TestMainWithArguments::cleanup()
{
    QCOMPARE(Arrivals::count(), 1);
}

static QSeamstressScript tellsItsDatabase()
{
    const QVariant seen = QStringList{ database, QCoreApplication::arguments().mid(1).join(' ') };
    co_yield QSeamstress::Pause("seen", seen);
}

void TestMainWithArguments::hasItsOwnArguments()
{
    QSeamstressProcess process(&tellsItsDatabase);
    process.setArguments({ "--database", "of the child" });
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.pauseValue().toStringList(), QStringList({ "of the child", "--database of the child" }));
    QVERIFY(process.exit());
}

// The script runs before the arguments are parsed.
void TestMainWithArguments::needsNoneAfterItsApplication()
{
    QSeamstressProcess process(&tellsItsDatabase);
    process.setArguments({ "--database", "of the child", "--unknown" });
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QVERIFY(process.exit());
}

void TestMainWithArguments::isNotGivenThoseOfTheTest()
{
    QSeamstressProcess process(&tellsItsDatabase);
    process.setObjectName("other");
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), QSeamstressError::FailedToStart);
    QCOMPARE(process.errorString(),
             QStringLiteral("\"other\" could not start: %1 exited with code 2 before it answered. Is it a test program that links the same build of QSeamstress "
                            "and creates a QCoreApplication? If its main() needs arguments, pass them with setArguments(). Its last output:\nusage: --database name")
                 .arg(QCoreApplication::applicationFilePath()));
    QCOMPARE(process.phase(), QSeamstressExecutor::Failed);
}

int main(int argc, char **argv)
{
    if (argc < 3 || std::strcmp(argv[1], "--database") != 0) {
        std::fputs("usage: --database name\n", stderr);
        return 2;
    }
    database = argv[2];
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({ "database", "The database that is tested.", "name" });
    parser.process(application); // ends the program on an unknown argument
    TestMainWithArguments test;
    return QTest::qExec(&test, { argv[0] });
}
#include "tst_mainwitharguments.moc"
