// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The exception of a script in another process arrives in the test: text and type name always, the type itself where possible.

#include <QSeamstress/QSeamstressException>
#include <QSeamstressTest>

#include <QTest>

#include <filesystem>
#include <future>
#include <new>
#include <optional>
#include <stdexcept>
#include <system_error>

// Travels by its QDataStream operators.
class Overdrawn : public std::exception
{
public:
    Overdrawn() = default;
    Overdrawn(const QString &account, int amount)
        : account(account)
        , amount(amount)
    {
    }
    const char *what() const noexcept override { return "the account is overdrawn"; }

    QString account;
    int amount = 0;
};
static QDataStream &operator<<(QDataStream &stream, const Overdrawn &e)
{
    return stream << e.account << e.amount;
}
static QDataStream &operator>>(QDataStream &stream, Overdrawn &e)
{
    return stream >> e.account >> e.amount;
}

// Travels by its text.
class Refused : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

class NotRegistered : public std::logic_error
{
public:
    using std::logic_error::logic_error;
};

class TestProcessExceptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void sameTypeAgain_data();
    void sameTypeAgain();
    void registeredTypes();
    void typeThatIsNotRegistered();
    void nested();
    void inEachPhase_data();
    void inEachPhase();
    void setUpThatReturnsFalse();
    void configThatThrows();
};

void TestProcessExceptions::initTestCase()
{
    QSeamstressError::registerExceptionType<Overdrawn>();
    QSeamstressError::registerExceptionType<Refused>();
}

static void throwIt(const QString &what)
{
    if (what == "out_of_range")
        throw std::out_of_range("on purpose");
    if (what == "bad_alloc")
        throw std::bad_alloc();
    if (what == "system_error")
        throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory), "on purpose");
    if (what == "filesystem_error")
        throw std::filesystem::filesystem_error("on purpose", "/a", std::make_error_code(std::errc::permission_denied));
    if (what == "future_error")
        throw std::future_error(std::future_errc::broken_promise);
    if (what == "bad_optional_access")
        std::optional<int>().value();
    throw 7;
}

// A description of what the error raises in the test.
static QString raised(const QSeamstressError &error)
{
    try {
        error.raise();
    } catch (const std::out_of_range &e) {
        return "out_of_range " + QString::fromUtf8(e.what());
    } catch (const std::bad_alloc &) {
        return "bad_alloc";
    } catch (const std::filesystem::filesystem_error &e) {
        return "filesystem_error " + QString::fromStdString(e.path1().string()) + (e.code() == std::errc::permission_denied ? " permission_denied" : "");
    } catch (const std::system_error &e) {
        return e.code() == std::errc::no_such_file_or_directory ? "system_error no_such_file_or_directory" : "system_error";
    } catch (const std::future_error &e) {
        return e.code() == std::future_errc::broken_promise ? "future_error broken_promise" : "future_error";
    } catch (const std::bad_optional_access &) {
        return "bad_optional_access";
    } catch (int number) {
        return "int " + QString::number(number);
    } catch (...) {
        return "something else";
    }
    return "nothing";
}

void TestProcessExceptions::sameTypeAgain_data()
{
    QTest::addColumn<QString>("expected");
    QTest::newRow("out_of_range") << "out_of_range on purpose";
    QTest::newRow("bad_alloc") << "bad_alloc";
    QTest::newRow("system_error") << "system_error no_such_file_or_directory";
    QTest::newRow("filesystem_error") << "filesystem_error /a permission_denied";
    QTest::newRow("future_error") << "future_error broken_promise";
    QTest::newRow("bad_optional_access") << "bad_optional_access";
    QTest::newRow("int") << "int 7";
}

void TestProcessExceptions::sameTypeAgain()
{
    QFETCH(const QString, expected);
    QSeamstressProcess process([](QString what) -> QSeamstressScript {
        throwIt(what);
        co_yield "never";
    }, QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), QSeamstressError::Exception);
    QCOMPARE(raised(process.error()), expected);
}

void TestProcessExceptions::registeredTypes()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        throw Overdrawn("4711", 42);
        co_yield "never";
    });
    process.setObjectName("payer");
    QVERIFY(!process.enter());
    QCOMPARE(process.error().exceptionType(), "Overdrawn");
    QCOMPARE(process.errorString(), "\"payer\" threw Overdrawn before its first pause point: the account is overdrawn");
    try {
        process.error().raise();
        QFAIL("no exception was raised");
    } catch (const Overdrawn &e) {
        QCOMPARE(e.account, "4711");
        QCOMPARE(e.amount, 42);
    }

    process.setScript([]() -> QSeamstressScript {
        throw Refused("the door is closed");
        co_yield "never";
    });
    QVERIFY(!process.enter());
    try {
        process.error().raise();
        QFAIL("no exception was raised");
    } catch (const Refused &e) {
        QCOMPARE(e.what(), "the door is closed");
    }
}

void TestProcessExceptions::typeThatIsNotRegistered()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        throw NotRegistered("on purpose");
        co_yield "never";
    });
    QVERIFY(!process.enter());
    QCOMPARE(process.error().exceptionType(), "NotRegistered");
    QVERIFY2(process.errorString().endsWith(": on purpose"), qPrintable(process.errorString()));
    try {
        process.error().raise();
        QFAIL("no exception was raised");
    } catch (const QSeamstressException &e) {
        QVERIFY2(QByteArray(e.what()).contains("on purpose"), e.what());
    }
}

void TestProcessExceptions::nested()
{
    QSeamstressProcess process([]() -> QSeamstressScript {
        try {
            throw Overdrawn("4711", 42);
        } catch (...) {
            std::throw_with_nested(std::runtime_error("cannot pay"));
        }
        co_yield "never";
    });
    QVERIFY(!process.enter());
    QVERIFY2(process.errorString().contains("cannot pay") && process.errorString().contains("the account is overdrawn"), qPrintable(process.errorString()));
    try {
        process.error().raise();
        QFAIL("no exception was raised");
    } catch (const QSeamstressException &outer) {
        QCOMPARE(outer.error().exceptionType(), "std::_Nested_exception<std::runtime_error>");
        try {
            std::rethrow_if_nested(outer);
            QFAIL("nothing is nested");
        } catch (const Overdrawn &inner) {
            QCOMPARE(inner.account, "4711");
        }
    }
}

void TestProcessExceptions::inEachPhase_data()
{
    QTest::addColumn<QString>("where");
    for (const char *phase : { "in-the-set-up", "between-points", "in-the-tear-down", "in-a-destructor" })
        QTest::newRow(phase) << phase;
}

// Throws while a script that is asked to finish destroys its local variables.
struct ThrowingDestructor
{
    ~ThrowingDestructor() noexcept(false)
    {
        if (throws)
            throw std::out_of_range("in-a-destructor");
    }
    bool throws;
};

void TestProcessExceptions::inEachPhase()
{
    QFETCH(const QString, where);
    QSeamstressProcess process([](QString where) -> QSeamstressScript {
        const auto maybeThrow = [&where](const char *here) {
            if (where == here)
                throw std::out_of_range(here);
        };
        maybeThrow("in-the-set-up");
        const ThrowingDestructor local{ where == "in-a-destructor" };
        co_yield "a";
        maybeThrow("between-points");
        co_yield "b";
        maybeThrow("in-the-tear-down");
    }, where);
    const bool succeeded = process.enter() && process.advance() && process.exit();
    QVERIFY(!succeeded);
    QCOMPARE(process.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(process.error().code(), QSeamstressError::Exception);
    QCOMPARE(raised(process.error()), "out_of_range " + where);
}

void TestProcessExceptions::setUpThatReturnsFalse()
{
    QSeamstressProcess process([] { return false; });
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), QSeamstressError::SetUpFailed);
}

class ConfigThatThrows : public QSeamstressConfig
{
    Q_OBJECT

public:
    void setUp() override { }
    void tearDown() override
    {
        const ThrowingDestructor local{ true };
    }
};

void TestProcessExceptions::configThatThrows()
{
    ConfigThatThrows config;
    QSeamstressProcess process(&config);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QVERIFY(!process.exit());
    QCOMPARE(process.errors().size(), 1);
    QCOMPARE(raised(process.error()), "out_of_range in-a-destructor");
}

QTEST_GUILESS_MAIN(TestProcessExceptions)
#include "tst_processexceptions.moc"
