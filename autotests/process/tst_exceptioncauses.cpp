// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Exceptions that hold others come out of another process with those.

#include <QSeamstressException>

#include <QException>
#include <QTest>

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>

#include "errordata_p.h"
#include "travel.h"

using namespace QSeamstressPrivate;
using Throw = std::function<void()>;

class TestExceptionCauses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nested_data();
    void nested();
    void nestedInNothing();
    void nestedWhileAnotherIsHandled();
    void deeplyNested();
    void tooDeeplyNested();
    void doNotTravel_data();
    void doNotTravel();
    void seamstressException();
    void unhandledException_data();
    void unhandledException();
};

class Unknown : public std::runtime_error
{
public:
    Unknown()
        : std::runtime_error("not registered")
    {
    }
};

template <class E>
static void throwNested(const Throw &inner, E &&outer)
{
    try {
        inner();
    } catch (...) {
        std::throw_with_nested(std::forward<E>(outer));
    }
}

static std::exception_ptr causeOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::nested_exception &e) {
        return e.nested_ptr();
    } catch (...) {
        return nullptr;
    }
}

void TestExceptionCauses::nested_data()
{
    QTest::addColumn<Throw>("function");
    QTest::addColumn<QByteArray>("causeType");
    QTest::addColumn<QByteArray>("causeText");

    const Throw known = [] { throw std::out_of_range("the cause"); };
    const Throw unknown = [] { throw Unknown(); };
    const QByteArray type = typeid(std::out_of_range).name();
    const QByteArray stranger = typeid(QSeamstressException).name();
    const std::error_code busy = std::make_error_code(std::errc::device_or_resource_busy);
    QTest::newRow("runtime_error") << Throw([=] { throwNested(known, std::runtime_error("outer")); }) << type << QByteArray("the cause");
    QTest::newRow("exception") << Throw([=] { throwNested(known, std::exception()); }) << type << QByteArray("the cause");
    QTest::newRow("system_error") << Throw([=] { throwNested(known, std::system_error(busy, "outer")); }) << type << QByteArray("the cause");
    QTest::newRow("failure") << Throw([=] { throwNested(known, std::ios_base::failure("outer", busy)); }) << type << QByteArray("the cause");
    QTest::newRow("filesystem_error") << Throw([=] { throwNested(known, std::filesystem::filesystem_error("outer", "/path", busy)); }) << type
                                      << QByteArray("the cause");
    QTest::newRow("QException") << Throw([=] { throwNested(known, QException()); }) << type << QByteArray("the cause");
    QTest::newRow("const") << Throw([=] { throwNested(known, std::as_const(*std::make_unique<std::runtime_error>("outer"))); }) << type << QByteArray("the cause");
    QTest::newRow("not const") << Throw([=] { throwNested(known, *std::make_unique<std::runtime_error>("outer")); }) << type << QByteArray("the cause");
    QTest::newRow("QSeamstressException") << Throw([=] { throwNested(known, QSeamstressException(QSeamstressError())); }) << type << QByteArray("the cause");
    QTest::newRow("QString") << Throw([=] { throwNested(known, QStringLiteral("outer")); }) << type << QByteArray("the cause");
    QTest::newRow("unknown cause") << Throw([=] { throwNested(unknown, std::runtime_error("outer")); }) << stranger << QByteArray("Unknown: not registered");
    QTest::newRow("cause that is a number") << Throw([] { throwNested([] { throw 1; }, std::runtime_error("outer")); }) << QByteArray(typeid(int).name()) << QByteArray();
    QTest::newRow("failed script") << Throw([] {
        throwNested([] { throw ScriptFailure(QSeamstressError::SetUpFailed, "failed"); }, std::runtime_error("outer"));
    }) << stranger << QByteArray("failed");
}

void TestExceptionCauses::nested()
{
    QFETCH(const Throw, function);
    QFETCH(const QByteArray, causeType);
    QFETCH(const QByteArray, causeText);

    const std::exception_ptr exception = thrownBy(function);
    const std::exception_ptr copy = travelled(exception);
    QCOMPARE(typeNameOf(copy), typeNameOf(exception));
    QCOMPARE(whatOf(copy), whatOf(exception));
    QCOMPARE(typeNameOf(causeOf(copy)), causeType);
    QCOMPARE(whatOf(causeOf(copy)), causeText);
}

void TestExceptionCauses::nestedInNothing()
{
    const std::exception_ptr exception = thrownBy([] { std::throw_with_nested(std::runtime_error("outer")); });
    QVERIFY(!causeOf(exception));
    try {
        throw 1;
    } catch (int) {
        const std::exception_ptr copy = travelled(exception);
        QCOMPARE(typeNameOf(copy), typeNameOf(exception));
        QVERIFY(!causeOf(copy));
    }
}

void TestExceptionCauses::nestedWhileAnotherIsHandled()
{
    const std::exception_ptr exception = thrownBy([] { throwNested([] { throw std::bad_alloc(); }, std::runtime_error("outer")); });
    try {
        throw 1;
    } catch (int) {
        const std::exception_ptr copy = travelled(exception);
        QCOMPARE(typeNameOf(causeOf(copy)), typeid(std::bad_alloc).name());
    }
}

static std::exception_ptr nestedIn(int levels)
{
    std::exception_ptr exception = std::make_exception_ptr(std::out_of_range("level 1"));
    for (int level = 2; level <= levels; ++level)
        exception = thrownBy([&] { throwNested([&] { std::rethrow_exception(exception); }, std::runtime_error("level " + std::to_string(level))); });
    return exception;
}

void TestExceptionCauses::deeplyNested()
{
    std::exception_ptr copy = travelled(nestedIn(50));
    for (int level = 50; level > 0; --level) {
        QCOMPARE(whatOf(copy), "level " + QByteArray::number(level));
        copy = causeOf(copy);
    }
    QVERIFY(!copy);
}

void TestExceptionCauses::tooDeeplyNested()
{
    // Somewhere down there is a text in place of the exceptions.
    std::exception_ptr copy = travelled(nestedIn(300));
    int level = 300;
    while (typeNameOf(copy) == typeNameOf(nestedIn(2))) {
        QCOMPARE(whatOf(copy), "level " + QByteArray::number(level--));
        copy = causeOf(copy);
    }
    QVERIFY(level < 250);
    QCOMPARE(typeNameOf(copy), typeid(QSeamstressException).name());
    QVERIFY2(whatOf(copy).contains(QByteArray("level ").append(QByteArray::number(level)).append("; caused by ")), whatOf(copy).constData());
    QVERIFY(whatOf(copy).endsWith("; caused by std::out_of_range: level 1"));
}

class UnknownWithCause : public std::runtime_error, public std::nested_exception
{
public:
    using std::runtime_error::runtime_error;
};

void TestExceptionCauses::doNotTravel_data()
{
    QTest::addColumn<Throw>("function");

    QTest::newRow("unknown") << Throw([] { throwNested([] { throw std::bad_alloc(); }, Unknown()); });
    QTest::newRow("unknown, of its own nesting") << Throw([] { throwNested([] { throw std::bad_alloc(); }, UnknownWithCause("outer")); });
}

void TestExceptionCauses::doNotTravel()
{
    QFETCH(const Throw, function);
    QCOMPARE(encodeException(thrownBy(function)), QByteArray());
}

void TestExceptionCauses::seamstressException()
{
    const std::exception_ptr cause = std::make_exception_ptr(std::out_of_range("the cause"));
    const QSeamstressError error = ErrorData::fromException(cause, "origin", "\"name\"", ", there");
    try {
        std::rethrow_exception(travelled(std::make_exception_ptr(QSeamstressException(error))));
    } catch (const QSeamstressException &e) {
        QVERIFY(typeid(e) == typeid(QSeamstressException));
        QCOMPARE(QString::fromUtf8(e.what()), error.message());
        QCOMPARE(e.error().code(), QSeamstressError::Exception);
        QCOMPARE(e.error().exceptionType(), "std::out_of_range");
        QCOMPARE(e.error().origin(), "origin");
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, e.error().raise());
    }
    QVERIFY(travelled(std::make_exception_ptr(QSeamstressException(QSeamstressError()))));
}

void TestExceptionCauses::unhandledException_data()
{
    QTest::addColumn<Throw>("inner");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("what");

    QTest::newRow("known") << Throw([] { throw std::out_of_range("the cause"); }) << QByteArray(typeid(std::out_of_range).name()) << QByteArray("the cause");
    QTest::newRow("value") << Throw([] { throw 1; }) << QByteArray(typeid(int).name()) << QByteArray();
    QTest::newRow("nothing") << Throw([] {}) << QByteArray() << QByteArray();
    QTest::newRow("unknown") << Throw([] { throw Unknown(); }) << QByteArray(typeid(QSeamstressException).name()) << QByteArray("Unknown: not registered");
}

void TestExceptionCauses::unhandledException()
{
    QFETCH(const Throw, inner);
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, what);

    try {
        std::rethrow_exception(travelled(std::make_exception_ptr(QUnhandledException(thrownBy(inner)))));
    } catch (const QUnhandledException &e) {
        QVERIFY(typeid(e) == typeid(QUnhandledException));
        QCOMPARE(typeNameOf(e.exception()), type);
        QCOMPARE(whatOf(e.exception()), what);
    }
}

QTEST_GUILESS_MAIN(TestExceptionCauses)
#include "tst_exceptioncauses.moc"
