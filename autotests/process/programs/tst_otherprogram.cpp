// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts that run in another program, where they are found by the names of their types.

#include <QSeamstressTest>

#include <QTest>

#include "arrivals.h"
#include "otherscripts.h"

QString nameOfThisProgram()
{
    return QStringLiteral("test");
}

class TestOtherProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void runsAnObject();
    void runsAConfig();
    void refusesAFunction();
    void doesNotKnow_data();
    void doesNotKnow();
    void isThisVeryProgram_data();
    void isThisVeryProgram();
};

void TestOtherProgram::initTestCase()
{
    Arrivals::note();
}

void TestOtherProgram::cleanup()
{
    QCOMPARE(Arrivals::count(), 1);
}

void TestOtherProgram::runsAnObject()
{
    QSeamstressProcess process(TellsItsProgram(), QStringLiteral("hello from the "));
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.pauseValue().toString(), "hello from the test");
    QVERIFY(process.exit());
    process.setProgram(OTHERPROGRAM_PATH);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QCOMPARE(process.pauseValue().toString(), "hello from the other program");
    QVERIFY(process.exit());
}

void TestOtherProgram::runsAConfig()
{
    ThrowsItsProgram config;
    config.greeting = "hello from the ";
    QSeamstressProcess process(&config);
    process.setObjectName("other");
    process.setProgram(OTHERPROGRAM_PATH);
    QVERIFY(!process.enter());
    QVERIFY2(process.errorString().endsWith("hello from the other program"), qPrintable(process.errorString()));
}

static QSeamstressScript function()
{
    co_yield "a";
}

// The address of a function means nothing in another program.
void TestOtherProgram::refusesAFunction()
{
    QSeamstressProcess process(&function);
    process.setObjectName("other");
    process.setProgram(OTHERPROGRAM_PATH);
    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressProcess::enter: \"other\" has a function as its script, which cannot be found in another program; use a config or an object with "
                         "operator() whose class both programs contain.");
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(process.phase(), QSeamstressExecutor::Idle);
}

struct NotThere
{
    QSeamstressScript operator()() const { co_yield "a"; }
};

class ConfigNotThere : public QSeamstressConfig
{
};

namespace {
struct HasANamesake
{
    QSeamstressScript operator()() const { co_yield "a"; }
};
} // namespace

void TestOtherProgram::doesNotKnow_data()
{
    static ConfigNotThere config;
    QTest::addColumn<std::shared_ptr<QSeamstressProcess>>("process");
    QTest::addColumn<QString>("text");
    const QString script = QStringLiteral("\"other\" cannot run its script in another process: ");
    const QString notThere = script + QStringLiteral("it is not registered in that process; a script of another program must be an object with operator(), and the code of that program must pass an object of the same class to a QSeamstressProcess too.");
    QTest::newRow("object") << std::make_shared<QSeamstressProcess>(NotThere()) << notThere;
    QTest::newRow("other-arguments") << std::make_shared<QSeamstressProcess>(TellsItsProgram(), QByteArray()) << notThere;
    QTest::newRow("lambda") << std::make_shared<QSeamstressProcess>([]() -> QSeamstressScript { co_yield "a"; }) << notThere;
    QTest::newRow("two-of-one-name") << std::make_shared<QSeamstressProcess>(HasANamesake())
                                     << script + QStringLiteral("there are two types with its name; rename one of them, but note that lambdas and classes in anonymous namespaces have no unique name.");
    QTest::newRow("config") << std::make_shared<QSeamstressProcess>(&config)
                            << QStringLiteral("\"other\" cannot run its config in another process: it is not registered in that process; register its class with QSeamstressProcess::registerConfig() in that program.");
}

void TestOtherProgram::doesNotKnow()
{
    QFETCH(const std::shared_ptr<QSeamstressProcess>, process);
    QFETCH(const QString, text);
    process->setObjectName("other");
    process->setProgram(OTHERPROGRAM_PATH);
    QVERIFY(!process->enter());
    QCOMPARE(process->error().code(), QSeamstressError::UnknownScript);
    QCOMPARE(process->errorString(), text);
    QCOMPARE(process->phase(), QSeamstressExecutor::Failed);
}

void TestOtherProgram::isThisVeryProgram_data()
{
    QTest::addColumn<std::shared_ptr<QSeamstressProcess>>("process");
    QTest::newRow("function") << std::make_shared<QSeamstressProcess>(&function);
    QTest::newRow("lambda") << std::make_shared<QSeamstressProcess>([]() -> QSeamstressScript { co_yield "a"; });
    QTest::newRow("object-without-a-name") << std::make_shared<QSeamstressProcess>(HasANamesake());
}

void TestOtherProgram::isThisVeryProgram()
{
    QFETCH(const std::shared_ptr<QSeamstressProcess>, process);
    process->setProgram(QCoreApplication::applicationFilePath());
    QVERIFY2(process->enter(), qPrintable(process->errorString()));
    QCOMPARE(process->pausePoint(), "a");
    QVERIFY(process->exit());
}

QTEST_GUILESS_MAIN(TestOtherProgram)
#include "tst_otherprogram.moc"
