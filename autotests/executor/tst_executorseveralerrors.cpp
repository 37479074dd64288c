// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A script that has several errors in one run: each is reported, in order, and none hides another.

#include "executorundertest.h"

#include <QSeamstressConfig>

#include <QSignalSpy>

#include <memory>
#include <stdexcept>

class TestExecutorSeveralErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areReturnedByTheVerb();
    void areToldByTheEventLoop();
    void areAllSeenByOneLook_data();
    void areAllSeenByOneLook();
    void areToldByTheDestructor();
    void thatWereNotSeenAreToldByTheDestructor();
};

class ThrowsWhenDestroyed
{
public:
    ThrowsWhenDestroyed() = default;
    Q_DISABLE_COPY_MOVE(ThrowsWhenDestroyed)
    ~ThrowsWhenDestroyed() noexcept(false) { throw std::logic_error("on purpose"); }
};

class FailingConfig : public QSeamstressConfig
{
public:
    QSeamstressScript script() override
    {
        const ThrowsWhenDestroyed local;
        co_yield "a";
    }
};

struct NotStreamable
{
};
Q_DECLARE_METATYPE(NotStreamable)

// For a script in another process, where the config is a different object.
static QSeamstressScript haltsWithWhatCannotBeSent()
{
    const QVariant value = QVariant::fromValue(NotStreamable());
    co_yield QSeamstress::Pause("a", value);
    throw std::logic_error("on purpose");
}

static constexpr char textOfConfig[] = "\"script\": its config was deleted while in use, so its tear-down did not run; delete the config after exit(), or pass it as a std::shared_ptr.";
static constexpr char textOfValue[] = "\"script\": the value at its pause point \"a\" has the type NotStreamable, which cannot be sent between processes; implement operator<< and operator>> for "
                                      "QDataStream, or pass a value of another type.";
static constexpr const char *firstText = runsInAnotherProcess ? textOfValue : textOfConfig;
static constexpr char secondText[] = "\"script\" threw std::logic_error after its pause point \"a\": on purpose";

static QString bothTexts()
{
    return QLatin1String(firstText) + '\n' + QLatin1String(secondText);
}

// A script whose config is deleted while it is in use, and whose local variable then throws. Compilers do not allow a script to throw
// twice in a simpler way: a coroutine that has thrown has no local variables left.
class FailsTwice
{
public:
    FailsTwice()
    {
        executor.setObjectName("script");
        runsInAnotherProcess ? setScript(executor, &haltsWithWhatCannotBeSent) : executor.setConfig(m_config.get());
    }
    // Also lets the script run to its end.
    bool enter()
    {
        const bool entered = executor.enter();
        if (runsInAnotherProcess) {
            executor.finish();
        } else {
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressConfig: deleted while \"script\" is using it, so its tear-down cannot run"));
            m_config.reset();
        }
        return entered;
    }

private:
    std::unique_ptr<FailingConfig> m_config = std::make_unique<FailingConfig>();

public:
    Executor executor;
};

static QStringList messagesOf(const QSignalSpy &spy)
{
    QStringList messages;
    for (const QList<QVariant> &emission : spy)
        messages += emission.first().value<QSeamstressError>().message();
    return messages;
}

// What the executor returns once the errors have been reported.
static void checkErrors(const Executor &executor)
{
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    const QList<QSeamstressError> errors = executor.errors();
    QCOMPARE(errors.size(), 2);
    QCOMPARE(errors.first().code(), QSeamstressError::InvalidUse);
    QCOMPARE(errors.first().message(), firstText);
    QVERIFY_THROWS_EXCEPTION(QSeamstressException, errors.first().raise());
    QCOMPARE(errors.last().code(), QSeamstressError::Exception);
    QCOMPARE(errors.last().message(), secondText);
    QVERIFY_THROWS_EXCEPTION(std::logic_error, errors.last().raise());

    // The first error, with the text of all of them.
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(), bothTexts());
    QVERIFY_THROWS_EXCEPTION(QSeamstressException, executor.error().raise());
}

void TestExecutorSeveralErrors::areReturnedByTheVerb()
{
    FailsTwice script;
    const QSignalSpy occurred(&script.executor, &QSeamstressExecutor::errorOccurred);
    const QSignalSpy changed(&script.executor, &QSeamstressExecutor::errorChanged);
    QVERIFY(script.enter());
    QVERIFY(!script.executor.exit());
    checkErrors(script.executor);
    QCOMPARE(messagesOf(occurred), QStringList({ firstText, secondText }));
    QCOMPARE(changed.count(), 1);
}

void TestExecutorSeveralErrors::areToldByTheEventLoop()
{
    FailsTwice script;
    const QSignalSpy occurred(&script.executor, &QSeamstressExecutor::errorOccurred);
    QSignalSpy finished(&script.executor, &QSeamstressExecutor::finished);
    QVERIFY(script.enter());
    QVERIFY(finished.wait());
    QCOMPARE(messagesOf(occurred), QStringList({ firstText, secondText }));
    checkErrors(script.executor);
}

void TestExecutorSeveralErrors::areAllSeenByOneLook_data()
{
    QTest::addColumn<QString>("by");
    QTest::newRow("verb") << "verb";
    QTest::newRow("receiver") << "receiver";
    QTest::newRow("error") << "error";
    QTest::newRow("errors") << "errors";
    QTest::newRow("errorString") << "errorString";
}

void TestExecutorSeveralErrors::areAllSeenByOneLook()
{
    QFETCH(QString, by);
    RecordedFailures failures;
    {
        FailsTwice script;
        QSignalSpy finished(&script.executor, &QSeamstressExecutor::finished);
        int received = 0;
        if (by == "receiver")
            connect(&script.executor, &QSeamstressExecutor::errorOccurred, this, [&received] { ++received; });
        QVERIFY(script.enter());
        if (by == "verb")
            QVERIFY(!script.executor.exit());
        else
            QVERIFY(finished.wait());
        if (by == "error")
            QVERIFY(script.executor.error());
        if (by == "errors")
            QCOMPARE(script.executor.errors().size(), 2);
        if (by == "errorString")
            QVERIFY(!script.executor.errorString().isEmpty());
        QCOMPARE(received, by == "receiver" ? 2 : 0);
    }
    QCOMPARE(failures.take(), QStringList());
}

void TestExecutorSeveralErrors::areToldByTheDestructor()
{
    RecordedFailures failures;
    {
        FailsTwice script;
        QVERIFY(script.enter());
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith(bothTexts() + "\nTimeline:\n"), qPrintable(messages.first()));
}

void TestExecutorSeveralErrors::thatWereNotSeenAreToldByTheDestructor()
{
    RecordedFailures failures;
    {
        FailsTwice script;
        // Receives one error and then disconnects.
        connect(&script.executor, &QSeamstressExecutor::errorOccurred, this, [this, &script] { script.executor.disconnect(this); });
        QSignalSpy finished(&script.executor, &QSeamstressExecutor::finished);
        QVERIFY(script.enter());
        QVERIFY(finished.wait());
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith(QLatin1String(secondText) + "\nTimeline:\n"), qPrintable(messages.first()));
}

QTEST_GUILESS_MAIN(TestExecutorSeveralErrors)
#include "tst_executorseveralerrors.moc"
