// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// In the test, raise() throws the same object that the script threw, not a copy. Also, nested exceptions.

#include <QSeamstressError>
#include <QSeamstressException>
#include <QSeamstressThread>

#include <QMutex>
#include <QScopeGuard>
#include <QTest>

#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>

class TestErrorRaise : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesNothingWithoutError();
    void theVeryObject();
    void moreThanOnce();
    void numbers();
    void classWithoutText();
    void objectThatOnlyMoves();
    void subclassOfQException();
    void subclassCaughtAsItsBase();
    void nestedExceptions();
    void deeplyNestedExceptions();
    void unhandledException();
    void errorsThatAreNoExceptions_data();
    void errorsThatAreNoExceptions();
};

// The error that a script ends with.
template <class Script>
static QSeamstressError errorOf(Script script)
{
    QSeamstressThread thread(std::move(script));
    thread.setObjectName("thrower");
    return thread.enter() && thread.exit() ? QSeamstressError() : thread.error();
}

void TestErrorRaise::doesNothingWithoutError()
{
    QSeamstressError().raise();
    const QSeamstressError none = errorOf([] { QSeamstress::pause(); });
    QCOMPARE(none.code(), QSeamstressError::NoError);
    none.raise();
}

// throwNumbered() records the address of the thrown object.
class Numbered : public std::exception
{
public:
    explicit Numbered(int number)
        : number(number)
    {
    }
    const char *what() const noexcept override { return "numbered"; }

    int number;
};

static void throwNumbered(int number, const void **address)
{
    try {
        throw Numbered(number);
    } catch (const Numbered &e) {
        *address = &e;
        throw;
    }
}

void TestErrorRaise::theVeryObject()
{
    const void *address = nullptr;
    const QSeamstressError error = errorOf([&address] { throwNumbered(7, &address); });
    QVERIFY(address);
    try {
        error.raise();
        QFAIL("raise() threw nothing");
    } catch (const Numbered &e) {
        QCOMPARE(static_cast<const void *>(&e), address);
        QCOMPARE(e.number, 7);
    }
}

void TestErrorRaise::moreThanOnce()
{
    const void *address = nullptr;
    const QSeamstressError error = errorOf([&address] { throwNumbered(7, &address); });
    for (int time = 0; time < 3; ++time)
        QVERIFY_THROWS_EXCEPTION(Numbered, error.raise());
}

void TestErrorRaise::numbers()
{
    const QSeamstressError error = errorOf([] { throw 42; });
    try {
        error.raise();
        QFAIL("raise() threw nothing");
    } catch (int number) {
        QCOMPARE(number, 42);
    }
}

struct Coordinates
{
    int x;
    int y;
};

void TestErrorRaise::classWithoutText()
{
    const QSeamstressError error = errorOf([] { throw Coordinates{ 1, 2 }; });
    QCOMPARE(error.exceptionType(), "Coordinates");
    QCOMPARE(error.message(), "\"thrower\" threw Coordinates before its first pause point: (no message)");
    try {
        error.raise();
        QFAIL("raise() threw nothing");
    } catch (const Coordinates &e) {
        QCOMPARE(e.x, 1);
        QCOMPARE(e.y, 2);
    }
}

void TestErrorRaise::objectThatOnlyMoves()
{
    const int *address = nullptr;
    const QSeamstressError error = errorOf([&address] {
        auto number = std::make_unique<int>(42);
        address = number.get();
        throw std::move(number);
    });
    try {
        error.raise();
        QFAIL("raise() threw nothing");
    } catch (const std::unique_ptr<int> &number) {
        QCOMPARE(number.get(), address);
        QCOMPARE(*number, 42);
    }
}

class PaymentRefused : public QException
{
public:
    explicit PaymentRefused(int amount)
        : amount(amount)
    {
    }
    const char *what() const noexcept override { return "payment refused"; }
    void raise() const override { throw *this; }
    PaymentRefused *clone() const override { return new PaymentRefused(*this); }

    int amount;
};

void TestErrorRaise::subclassOfQException()
{
    const QSeamstressError error = errorOf([] { throw PaymentRefused(100); });
    QCOMPARE(error.exceptionType(), "PaymentRefused");
    QCOMPARE(error.message(), "\"thrower\" threw PaymentRefused before its first pause point: payment refused");
    try {
        error.raise();
        QFAIL("raise() threw nothing");
    } catch (const PaymentRefused &e) {
        QCOMPARE(e.amount, 100);
    }
}

void TestErrorRaise::subclassCaughtAsItsBase()
{
    const QSeamstressError error = errorOf([] { throw std::out_of_range("derived"); });
    QVERIFY_THROWS_EXCEPTION(std::logic_error, error.raise());
    QVERIFY_THROWS_EXCEPTION(std::exception, error.raise());
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, error.raise());
}

static void throwNested(int depth)
{
    try {
        if (depth == 1)
            throw std::out_of_range("the cause");
        throwNested(depth - 1);
    } catch (...) {
        std::throw_with_nested(std::runtime_error("level " + std::to_string(depth)));
    }
}

void TestErrorRaise::nestedExceptions()
{
    const QSeamstressError error = errorOf([] { throwNested(1); });
    const QString text = error.message();
    QVERIFY2(text.endsWith(": level 1; caused by std::out_of_range: the cause"), qPrintable(text));
    try {
        error.raise();
        QFAIL("raise() threw nothing");
    } catch (const std::runtime_error &e) {
        QCOMPARE(e.what(), "level 1");
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, std::rethrow_if_nested(e));
    }
}

void TestErrorRaise::deeplyNestedExceptions()
{
    const QString text = errorOf([] { throwNested(3); }).message();
    const qsizetype third = text.indexOf(": level 3; caused by ");
    const qsizetype second = text.indexOf(": level 2; caused by ");
    const qsizetype first = text.indexOf(": level 1; caused by std::out_of_range: the cause");
    QVERIFY2(third > 0 && third < second && second < first, qPrintable(text));
}

void TestErrorRaise::unhandledException()
{
    const QSeamstressError error = errorOf([] { throw QUnhandledException(std::make_exception_ptr(std::out_of_range("the cause"))); });
    QCOMPARE(error.exceptionType(), "QUnhandledException");
    QVERIFY2(error.message().endsWith("; caused by std::out_of_range: the cause"), qPrintable(error.message()));
    try {
        error.raise();
        QFAIL("raise() threw nothing");
    } catch (const QUnhandledException &e) {
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, std::rethrow_exception(e.exception()));
    }
}

using MakeError = std::function<QSeamstressError()>;

void TestErrorRaise::errorsThatAreNoExceptions_data()
{
    QTest::addColumn<MakeError>("makeError");
    QTest::addColumn<QSeamstressError::Code>("code");

    QTest::newRow("time-out") << MakeError([] {
        QMutex lock;
        QSeamstressThread thread(&lock);
        lock.lock();
        const auto unlock = qScopeGuard([&lock] { lock.unlock(); });
        return thread.enter(QDeadlineTimer(1)) ? QSeamstressError() : thread.error();
    }) << QSeamstressError::PauseTimedOut;
    QTest::newRow("never-paused") << MakeError([] { return errorOf([] { }); }) << QSeamstressError::NeverPaused;
    QTest::newRow("set-up-failed") << MakeError([] { return errorOf([] { return false; }); }) << QSeamstressError::SetUpFailed;
}

void TestErrorRaise::errorsThatAreNoExceptions()
{
    QFETCH(const MakeError, makeError);
    QFETCH(const QSeamstressError::Code, code);

    const QSeamstressError error = makeError();
    QCOMPARE(error.code(), code);
    QCOMPARE(error.exceptionType(), QString());
    try {
        error.raise();
        QFAIL("raise() threw nothing");
    } catch (const QSeamstressException &e) {
        QCOMPARE(e.error().code(), code);
        QCOMPARE(e.error().message(), error.message());
        QCOMPARE(QString::fromUtf8(e.what()), error.message());
    }
}

QTEST_GUILESS_MAIN(TestErrorRaise)
#include "tst_errorraise.moc"
