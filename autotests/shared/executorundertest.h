// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The tests in this folder hold for every kind of executor. Each is built once a kind, which EXECUTOR_UNDER_TEST names.

#ifndef EXECUTORUNDERTEST_H
#define EXECUTORUNDERTEST_H

#include <QSeamstressTest>

#include <QTest>

#include <semaphore>

#include "recordedfailures.h"

using Executor = EXECUTOR_UNDER_TEST;

// A script waits here until the test opens, once for each time that it passes.
class Door
{
public:
    void pass() { m_semaphore.acquire(); }
    void open(int times = 1) { m_semaphore.release(times); }
    // Whoever waits, or comes later in this test, passes: no test leaves a script behind a closed door.
    void openForGood() { open(1000); }

private:
    std::counting_semaphore<> m_semaphore{ 0 };
};

// A deadline for something that cannot happen before the test allows it: short, since it is always waited for to the end.
inline QDeadlineTimer shortDeadline()
{
    return QDeadlineTimer(20, Qt::PreciseTimer);
}

// Expects the warning of a misuse: function of an executor with this objectName, and what it says.
inline void expectMisuse(const char *function, const QString &text)
{
    const QString pattern = QStringLiteral("^%1::%2: .*%3").arg(QLatin1String(Executor::staticMetaObject.className()), QLatin1String(function), text);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(pattern));
}

#endif // EXECUTORUNDERTEST_H
