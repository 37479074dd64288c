// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Failures that are passed to a custom handler. tst_selftests compares the output with the files in autotests/meta/selftests.

#include <QSeamstressTest>

#include <QFileInfo>
#include <QTest>

#include <stdexcept>

class FailureHandlers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();
    void thatPrints();
    void thatThrows();
    void thatIsReset();
};

static void failInBothWays()
{
    // Fails at a line of the test ...
    const auto fail = [] {
        QSEAMSTRESS_THREAD(first, [] { throw std::runtime_error("at its beginning"); });
    };
    try {
        fail();
    } catch (...) {
        // With QTEST_THROW_ON_FAIL, QTest throws.
    }
    // ... and fails in a destructor.
    QSEAMSTRESS_THREAD(second, []() -> QSeamstressScript {
        co_yield "halted";
        throw std::runtime_error("at its end");
    });
}

void FailureHandlers::cleanup()
{
    QSeamstress::setFailureHandler({});
}

void FailureHandlers::thatPrints()
{
    QSeamstress::setFailureHandler([](const QString &message, const char *file, int line) {
        qInfo("handler, %s: %s", file ? qPrintable(QStringLiteral("Loc: [%1(%2)]").arg(QString::fromUtf8(file)).arg(line)) : "no line", qPrintable(message));
    });
    failInBothWays();
}

void FailureHandlers::thatThrows()
{
    QSeamstress::setFailureHandler([](const QString &, const char *, int) { throw std::runtime_error("from the handler"); });
    failInBothWays();
}

void FailureHandlers::thatIsReset()
{
    QSeamstress::setFailureHandler([](const QString &, const char *, int) { qFatal("not called"); });
    QSeamstress::setFailureHandler(nullptr);
    failInBothWays();
}

QTEST_GUILESS_MAIN(FailureHandlers)
#include "main.moc"
