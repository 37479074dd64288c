// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A test that uses a clock. If virtual time is not available, advances() fails, and the other function passes.

#include "clock.h"

#include <QSeamstressClock>

#include <QTest>
#include <QTimer>

#include "library.h"

using namespace std::chrono_literals;

class TestClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void advances();
    void tellsWhetherItIsAvailable();
};

void TestClock::advances()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    bool isOver = false;
    QTimer::singleShot(1h, &clock, [&isOver] { isOver = true; });
    const auto before = timeInLibrary();
    if (!clock.advance(1h))
        return; // nobody asks for the error, so the clock fails the test
    QVERIFY(isOver);
    QVERIFY(timeInLibrary() - before == 1h);
}

void TestClock::tellsWhetherItIsAvailable()
{
    QString reason;
    const bool isAvailable = QSeamstressClock::isAvailable(&reason);
    QCOMPARE(reason.isEmpty(), isAvailable);
    const QSeamstressClock clock;
    QCOMPARE(clock.isValid(), isAvailable);
    QCOMPARE(clock.error().code(), isAvailable ? QSeamstressError::NoError : QSeamstressError::ClockUnavailable);
    QVERIFY2(clock.errorString().contains(reason), qPrintable(clock.errorString()));
}

int runTest(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    TestClock test;
    return QTest::qExec(&test, argc, argv);
}

#include "clock.moc"
