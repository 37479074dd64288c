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
    // Outside a test function, QTest loses a failure silently, and after the end of qExec() it crashes.
    if (QTest::currentTestFunction())
        QTest::qFail(qPrintable(message), file, line);
    else
        qCritical("%s", qPrintable(message));
}

static std::mutex handlerMutex;
static QSeamstress::FailureHandler &handler()
{
    // Never destroyed: a static executor may report after all other static objects are destroyed.
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
        // The caller may be a destructor, which must not throw.
        qCritical("QSeamstress::setFailureHandler: the handler threw an exception, which it must not do; only record the failure (in Catch2, use "
                  "FAIL_CHECK). The failure was: %s",
                  qPrintable(text));
    }
}

} // namespace QSeamstressPrivate

/*!
    \typealias QSeamstress::FailureHandler

    A function that takes a message, a file and a line. If the failure does not belong to a line of the test, \c file is null and \c line
    is 0.

    \sa {QSeamstress::setFailureHandler}{QSeamstress::setFailureHandler()}
*/

/*!
    \fn void QSeamstress::setFailureHandler(QSeamstress::FailureHandler handler)

    Sets \a handler as the function that receives failures. Without a handler, or with an empty one, a failure fails the running QTest
    function, as QFAIL does. If no test function is running, the failure is printed with qCritical().

    Set a handler to use a test framework other than QTest, such as GoogleTest:

    \snippet 05-googletest/main.cpp main

    With Catch2:

    \snippet 06-catch2/main.cpp main

    With a handler of your own:

    \snippet tst_snippets.cpp failure handler

    The macros of <QSeamstressTest> call the handler in the thread of the test. It is also called for unseen errors, by the destructor of
    their executor or when that executor starts a new run; \c file is then null. The message may have several lines, and ends with the
    timeline.

    The handler must only record the failure. It must not throw, since the caller may be a destructor. In Catch2, use FAIL_CHECK instead of
    FAIL; in GoogleTest, use ADD_FAILURE. If the handler throws anyway, the failure is printed with qCritical().

    Any thread may call this function. The handler remains set until the program ends.

    \sa {Unseen errors}
*/
void QSeamstress::setFailureHandler(FailureHandler handler)
{
    const std::lock_guard lock(QSeamstressPrivate::handlerMutex);
    QSeamstressPrivate::handler() = std::move(handler);
}
