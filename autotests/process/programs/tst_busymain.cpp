// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A program that prints and creates threads before it creates its QCoreApplication.

#include <QSeamstressTest>

#include <QTest>
#include <QThread>

#include <cstdio>
#include <iostream>
#include <semaphore>
#include <thread>

#include <unistd.h>

#include "arrivals.h"

// Before main(), and flushed at once.
static const bool hasPrinted = (std::cout << "printed before main()" << std::endl, true);

// The answer of a thread that main() has created.
static std::binary_semaphore question{ 0 };
static std::binary_semaphore answered{ 0 };
static int answer = 0;

static void answersFromNowOn()
{
    for (;;) {
        question.acquire();
        ++answer;
        answered.release();
    }
}

class TestBusyMain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void runsTheScript();
    void hasTheThreadsOfMain();
    void bringsBackAnException();
    void cleanup();
};

void TestBusyMain::initTestCase()
{
    Arrivals::note();
    QVERIFY(hasPrinted);
}

void TestBusyMain::runsTheScript()
{
    QSEAMSTRESS_PROCESS(other, []() -> QSeamstressScript {
        std::cout << "printed by the script" << std::endl;
        co_yield "a";
        std::puts("printed before its end"); // stays in the buffer until the end
    });
    QSEAMSTRESS_EXIT(other);
}

void TestBusyMain::hasTheThreadsOfMain()
{
    QSEAMSTRESS_PROCESS(other, []() -> QSeamstressScript {
        question.release();
        answered.acquire();
        co_yield QSeamstress::Pause("answered", answer);
    });
    QCOMPARE(other.pauseValue().toInt(), 1);
    QSEAMSTRESS_EXIT(other);
}

void TestBusyMain::bringsBackAnException()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        co_yield "a";
        throw std::out_of_range("beyond");
    });
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QVERIFY(!process.exit());
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, process.error().raise());
    QCOMPARE(process.errors().size(), 1); // to end with threads is not an error
}

void TestBusyMain::cleanup()
{
    QCOMPARE(Arrivals::count(), 1);
}

int main(int argc, char **argv)
{
    const std::string line(1023, 'x');
    for (int i = 0; i < 100; ++i) // more than a pipe holds
        std::puts(line.c_str());
    std::fflush(stdout);
    std::printf("left in the buffer");
    if (::write(STDOUT_FILENO, "written past the buffer\n", 24) != 24)
        return EXIT_FAILURE;

    std::thread(&answersFromNowOn).detach();
    const std::unique_ptr<QThread> thread(QThread::create([] { QThread::currentThread()->setObjectName("begun early"); }));
    thread->start();
    thread->wait();

    QCoreApplication application(argc, argv);
    TestBusyMain test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_busymain.moc"
