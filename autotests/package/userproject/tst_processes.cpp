// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressTest>

#include <QTest>

#include <iostream>

#include "greeter.h"

// Prints before the library has detected that this is a child process, unless the library is initialised first.
static const bool hasPrinted = (std::cout << "printed before main()" << std::endl, true);

class TestProcesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haltsThisProgram();
    void haltsAnotherProgram();
};

void TestProcesses::haltsThisProgram()
{
    QVERIFY(hasPrinted);
    QSEAMSTRESS_PROCESS(other, []() -> QSeamstressScript { co_yield QSeamstress::Pause("here", QCoreApplication::applicationPid()); });
    QCOMPARE(other.pauseValue().toLongLong(), other.processId());
    QSEAMSTRESS_EXIT(other);
}

void TestProcesses::haltsAnotherProgram()
{
    //! [property]
    Greeter greeter;
    greeter.greeting = "hello from";
    QSeamstressProcess other(&greeter);
    other.setProgram(SERVICE_PATH);
    QSEAMSTRESS_ENTER(other);
    QCOMPARE(other.pauseValue().toString(), "hello from service");
    //! [property]
    QSEAMSTRESS_EXIT(other);
}

QTEST_GUILESS_MAIN(TestProcesses)
#include "tst_processes.moc"
