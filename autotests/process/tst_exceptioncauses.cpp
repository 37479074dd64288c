// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Exceptions arrive from another process together with their nested exceptions.

#include <QSeamstressException>

#include <QException>
#include <QTest>

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
    void deeplyNested();
    void tooDeeplyNested();
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

class UnknownWithCause : public std::runtime_error, public std::nested_exception
{
public:
    using std::runtime_error::runtime_error;
};

void TestExceptionCauses::nested_data()
{
    QTest::addColumn<Throw>("function");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("causeType");
    QTest::addColumn<QByteArray>("causeText");

    const Throw known = [] { throw std::out_of_range("the cause"); };
    const Throw unknown = [] { throw Unknown(); };
    const QByteArray type = typeid(std::out_of_range).name();
    const QByteArray stranger = typeid(QSeamstressException).name();
    QTest::newRow("of a known type") << Throw([=] { throwNested(known, std::runtime_error("outer")); })
                                     << QByteArray("std::_Nested_exception<std::runtime_error>: outer; caused by std::out_of_range: the cause") << type << QByteArray("the cause");
    QTest::newRow("of an unknown type") << Throw([=] { throwNested(known, Unknown()); })
                                        << QByteArray("std::_Nested_exception<Unknown>: not registered; caused by std::out_of_range: the cause") << type << QByteArray("the cause");
    QTest::newRow("with a nesting of its own") << Throw([=] {
        try {
            known();
        } catch (...) {
            throw UnknownWithCause("outer");
        }
    })
                                               << QByteArray("UnknownWithCause: outer; caused by std::out_of_range: the cause") << type << QByteArray("the cause");
    QTest::newRow("QSeamstressException") << Throw([=] { throwNested(known, ScriptFailure(QSeamstressError::SetUpFailed, "outer")); }) << QByteArray("outer") << type << QByteArray("the cause");
    QTest::newRow("unknown cause") << Throw([=] { throwNested(unknown, std::runtime_error("outer")); })
                                   << QByteArray("std::_Nested_exception<std::runtime_error>: outer; caused by Unknown: not registered") << stranger << QByteArray("Unknown: not registered");
    QTest::newRow("cause that is a number") << Throw([] { throwNested([] { throw 1; }, std::runtime_error("outer")); })
                                            << QByteArray("std::_Nested_exception<std::runtime_error>: outer; caused by int: 1") << QByteArray(typeid(int).name()) << QByteArray();
}

// It arrives as a QSeamstressException with the original type name, text and cause.
void TestExceptionCauses::nested()
{
    QFETCH(const Throw, function);
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, causeType);
    QFETCH(const QByteArray, causeText);

    std::exception_ptr copy = thrownBy(function);
    for (int journey = 1; journey <= 2; ++journey) {
        copy = travelled(copy);
        QVERIFY_THROWS_EXCEPTION(QSeamstressException, std::rethrow_exception(copy));
        QCOMPARE(whatOf(copy), text);
        QCOMPARE(typeNameOf(causeOf(copy)), causeType);
        QCOMPARE(whatOf(causeOf(copy)), causeText);
    }
}

void TestExceptionCauses::nestedInNothing()
{
    QCOMPARE(encodeException(thrownBy([] { std::throw_with_nested(std::runtime_error("outer")); })), QByteArray());
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
    for (int level = 50; level > 1; --level) {
        QVERIFY2(whatOf(copy).startsWith("std::_Nested_exception<std::runtime_error>: level " + QByteArray::number(level) + "; caused by "), whatOf(copy).constData());
        copy = causeOf(copy);
    }
    QCOMPARE(whatOf(copy), "level 1");
    QVERIFY(!causeOf(copy));
}

void TestExceptionCauses::tooDeeplyNested()
{
    // Below some level, a text replaces the exceptions.
    std::exception_ptr copy = travelled(nestedIn(300));
    int level = 300;
    for (std::exception_ptr cause = causeOf(copy); cause; cause = causeOf(copy)) {
        copy = cause;
        --level;
    }
    QVERIFY(level < 300);
    QVERIFY(level > 200);
    QVERIFY2(whatOf(copy).contains(QByteArray("level ").append(QByteArray::number(level)).append("; caused by ")), whatOf(copy).constData());
    QVERIFY(whatOf(copy).endsWith("; caused by std::out_of_range: level 1"));
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
