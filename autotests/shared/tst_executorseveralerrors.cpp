// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A script that does more than one thing wrong in a run: every error is reported, in order, and none stands for the others.

#include "executorundertest.h"

#include <QSeamstressConfig>

#include <QSignalSpy>

#include <memory>
#include <stdexcept>
#include <utility>

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
    void ofAConfigThatIsDeleted();
    void ofAConfigThatIsDeletedThenDestroyed();
};

// Can be moved, and throws where it ends up.
class ThrowsWhenDestroyed
{
public:
    ThrowsWhenDestroyed() = default;
    ThrowsWhenDestroyed(ThrowsWhenDestroyed &&other) noexcept
        : m_throws(std::exchange(other.m_throws, false))
    {
    }
    ThrowsWhenDestroyed &operator=(ThrowsWhenDestroyed &&) = delete;
    ~ThrowsWhenDestroyed() noexcept(false)
    {
        if (m_throws)
            throw std::logic_error("the second one");
    }

private:
    bool m_throws = true;
};

// Its parameter is destroyed with the coroutine, after what it threw has been caught.
static QSeamstressScript failTwice(ThrowsWhenDestroyed)
{
    co_yield "a";
    throw std::runtime_error("the first one");
}

static QSeamstressScript scriptThatFailsTwice()
{
    return failTwice({});
}

static constexpr char firstText[] = "\"script\" threw std::runtime_error after its pause point \"a\": the first one";
static constexpr char secondText[] = "\"script\" threw std::logic_error after its pause point \"a\": the second one";

static QString bothTexts()
{
    return QLatin1String(firstText) + '\n' + QLatin1String(secondText);
}

static QStringList messagesOf(const QSignalSpy &spy)
{
    QStringList messages;
    for (const QList<QVariant> &emission : spy)
        messages += emission.first().value<QSeamstressError>().message();
    return messages;
}

// What can be asked when they have been told.
static void checkErrors(const Executor &executor)
{
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    const QList<QSeamstressError> errors = executor.errors();
    QCOMPARE(errors.size(), 2);
    QCOMPARE(errors.first().message(), firstText);
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, errors.first().raise());
    QCOMPARE(errors.last().message(), secondText);
    QVERIFY_THROWS_EXCEPTION(std::logic_error, errors.last().raise());

    // The first one, with the text of all.
    QCOMPARE(executor.error().code(), QSeamstressError::Exception);
    QCOMPARE(executor.error().exceptionType(), "std::runtime_error");
    QCOMPARE(executor.errorString(), bothTexts());
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, executor.error().raise());
}

void TestExecutorSeveralErrors::areReturnedByTheVerb()
{
    Executor executor(&scriptThatFailsTwice);
    executor.setObjectName("script");
    const QSignalSpy occurred(&executor, &QSeamstressExecutor::errorOccurred);
    const QSignalSpy changed(&executor, &QSeamstressExecutor::errorChanged);
    QVERIFY(executor.enter());
    QVERIFY(!executor.exit());
    checkErrors(executor);
    QCOMPARE(messagesOf(occurred), QStringList({ firstText, secondText }));
    QCOMPARE(changed.count(), 1);
}

void TestExecutorSeveralErrors::areToldByTheEventLoop()
{
    Executor executor(&scriptThatFailsTwice);
    executor.setObjectName("script");
    const QSignalSpy occurred(&executor, &QSeamstressExecutor::errorOccurred);
    QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
    QVERIFY(executor.enter());
    executor.finish();
    QVERIFY(finished.wait());
    QCOMPARE(messagesOf(occurred), QStringList({ firstText, secondText }));
    checkErrors(executor);
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
        Executor executor(&scriptThatFailsTwice);
        QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
        int received = 0;
        if (by == "receiver")
            connect(&executor, &QSeamstressExecutor::errorOccurred, this, [&received] { ++received; });
        QVERIFY(executor.enter());
        if (by == "verb") {
            QVERIFY(!executor.exit());
        } else {
            executor.finish();
            QVERIFY(finished.wait());
        }
        if (by == "error")
            QVERIFY(executor.error());
        if (by == "errors")
            QCOMPARE(executor.errors().size(), 2);
        if (by == "errorString")
            QVERIFY(!executor.errorString().isEmpty());
        QCOMPARE(received, by == "receiver" ? 2 : 0);
    }
    QCOMPARE(failures.take(), QStringList());
}

void TestExecutorSeveralErrors::areToldByTheDestructor()
{
    RecordedFailures failures;
    {
        Executor executor(&scriptThatFailsTwice);
        executor.setObjectName("script");
        QVERIFY(executor.enter());
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith(bothTexts() + "\nTimeline:\n"), qPrintable(messages.first()));
}

void TestExecutorSeveralErrors::thatWereNotSeenAreToldByTheDestructor()
{
    RecordedFailures failures;
    {
        Executor executor(&scriptThatFailsTwice);
        executor.setObjectName("script");
        // Hears of one, and wants to hear no more.
        connect(&executor, &QSeamstressExecutor::errorOccurred, this, [this, &executor] { executor.disconnect(this); });
        QSignalSpy finished(&executor, &QSeamstressExecutor::finished);
        QVERIFY(executor.enter());
        executor.finish();
        QVERIFY(finished.wait());
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith(QLatin1String(secondText) + "\nTimeline:\n"), qPrintable(messages.first()));
}

class FailingConfig : public QSeamstressConfig
{
public:
    QSeamstressScript script() override
    {
        const ThrowsWhenDestroyed local;
        co_yield "a";
    }
};

static void expectDeletion()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressConfig: deleted while \"script\" uses it, so its tear-down cannot run"));
}

static QString textsOfADeletion()
{
    return QLatin1String("\"script\": its config was deleted while in use, so its tear-down did not run; delete it after exit(), or give it as a std::shared_ptr.\n")
        + QLatin1String(secondText);
}

void TestExecutorSeveralErrors::ofAConfigThatIsDeleted()
{
    auto config = std::make_unique<FailingConfig>();
    Executor executor(config.get());
    executor.setObjectName("script");
    const QSignalSpy occurred(&executor, &QSeamstressExecutor::errorOccurred);
    QVERIFY(executor.enter());
    expectDeletion();
    config.reset();
    QVERIFY(!executor.exit());
    QCOMPARE(executor.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(executor.errors().size(), 2);
    QCOMPARE(executor.errors().first().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errors().last().code(), QSeamstressError::Exception);
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(), textsOfADeletion());
    QCOMPARE(messagesOf(occurred), textsOfADeletion().split('\n'));
}

void TestExecutorSeveralErrors::ofAConfigThatIsDeletedThenDestroyed()
{
    RecordedFailures failures;
    {
        auto config = std::make_unique<FailingConfig>();
        Executor executor(config.get());
        executor.setObjectName("script");
        QVERIFY(executor.enter());
        expectDeletion();
        config.reset();
    }
    const QStringList messages = failures.take();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages.first().startsWith(textsOfADeletion() + "\nTimeline:\n"), qPrintable(messages.first()));
}

QTEST_GUILESS_MAIN(TestExecutorSeveralErrors)
#include "tst_executorseveralerrors.moc"
