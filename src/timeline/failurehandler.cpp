// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "failurehandler_p.h"

#include <QtTest/QTest>

#include <exception>
#include <mutex>

#include "qseamstressnamespace.h"
#include "timeline_p.h"

namespace QSeamstressPrivate {

static void failQTest(const QString &message, const char *file, int line)
{
    // Outside a test function QTest loses a failure without a word, and after the end of qExec() it crashes.
    if (QTest::currentTestFunction())
        QTest::qFail(qPrintable(message), file, line);
    else
        qCritical("%s", qPrintable(message));
}

static std::mutex handlerMutex;
static QSeamstress::FailureHandler &handler()
{
    // Never destroyed: a static executor may report after all other static objects are gone.
    static auto *const current = new QSeamstress::FailureHandler;
    return *current;
}

static QString &lastReported()
{
    static auto *const message = new QString;
    return *message;
}

bool hasTheTestFailed()
{
    return (QTest::currentTestFunction() && QTest::currentTestFailed()) || std::uncaught_exceptions() > 0;
}

bool hasFailedTheTest(const QString &message)
{
    if (QTest::currentTestFunction() && QTest::currentTestFailed())
        return true;
    const std::lock_guard lock(handlerMutex);
    return lastReported() == message;
}

void reportFailure(const QString &message, const char *file, int line)
{
    QString text = message;
    if (const QString timeline = Timeline::instance().text(); !timeline.isEmpty())
        text += QLatin1Char('\n') + timeline;
    QSeamstress::FailureHandler current;
    {
        const std::lock_guard lock(handlerMutex);
        current = handler();
        lastReported() = message;
    }
    try {
        current ? current(text, file, line) : failQTest(text, file, line);
    } catch (...) {
        // It may have been called by a destructor, out of which nothing can be thrown.
        qCritical("QSeamstress::setFailureHandler: the handler threw, which it must not; let it record the failure only (in Catch2: "
                  "FAIL_CHECK). It was given: %s",
                  qPrintable(text));
    }
}

} // namespace QSeamstressPrivate

/*!
    \typealias QSeamstress::FailureHandler

    A function that takes a message, a file and a line. \c file is null, and \c line 0, where no line of the test is to blame.

    \sa QSeamstress::setFailureHandler()
*/

/*!
    \fn void QSeamstress::setFailureHandler(QSeamstress::FailureHandler handler)

    Makes \a handler the function to which failures are given. Without one, or with an empty one, a failure fails the running QTest
    function, as QFAIL does, or is printed by qCritical() if none runs.

    Set a handler to use another test framework than QTest, such as GoogleTest:

    \snippet 05-googletest/main.cpp main

    With Catch2:

    \snippet 06-catch2/main.cpp main

    With one of your own:

    \snippet tst_snippets.cpp failure handler

    It is called by the macros of <QSeamstressTest> in the thread of the test, and for errors that nobody has seen: by the destructor
    of their executor, or when it starts a new run. Then its \c file is null. The message may have several lines, and ends with the
    timeline.

    The handler must only record the failure, and must not throw, since a destructor may be calling. For Catch2 that means
    FAIL_CHECK, not FAIL; for GoogleTest, ADD_FAILURE. If it throws all the same, what it was given is printed by qCritical().

    Any thread may call this. The handler stays set until the end of the program.

    \sa {Errors that nobody has seen}
*/
void QSeamstress::setFailureHandler(FailureHandler handler)
{
    const std::lock_guard lock(QSeamstressPrivate::handlerMutex);
    QSeamstressPrivate::handler() = std::move(handler);
}
