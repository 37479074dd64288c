// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What is known about types that are registered, and what happens if their operators are bad.

#include <QSeamstressError>

#include <QTest>

#include <functional>
#include <stdexcept>

#include "exceptionregistry_p.h"
#include "refused.h"
#include "../travel.h"

using namespace QSeamstressPrivate;
using Throw = std::function<void()>;

class TestExceptionRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badOperators_data();
    void badOperators();
    void knownAsLongAsRegistered();
    void neitherOfTwoThatCannotBeToldApart();
    void registeredTwice();
};

template <int>
struct Bad
{
};
static QDataStream &operator<<(QDataStream &, const Bad<0> &)
{
    throw std::runtime_error("cannot be written");
}
static QDataStream &operator>>(QDataStream &stream, Bad<0> &)
{
    return stream;
}
static QDataStream &operator<<(QDataStream &stream, const Bad<1> &)
{
    return stream;
}
static QDataStream &operator>>(QDataStream &, Bad<1> &)
{
    throw std::runtime_error("cannot be read");
}
static QDataStream &operator<<(QDataStream &stream, const Bad<2> &)
{
    return stream << 1;
}
static QDataStream &operator>>(QDataStream &stream, Bad<2> &)
{
    return stream; // forgets something
}
static QDataStream &operator<<(QDataStream &stream, const Bad<3> &)
{
    return stream;
}
static QDataStream &operator>>(QDataStream &stream, Bad<3> &)
{
    int number = 0;
    return stream >> number; // which nobody has written
}

void TestExceptionRegistry::badOperators_data()
{
    QTest::addColumn<Throw>("function");

    QTest::newRow("cannot be written") << Throw([] { throw Bad<0>(); });
    QTest::newRow("cannot be read") << Throw([] { throw Bad<1>(); });
    QTest::newRow("reads too little") << Throw([] { throw Bad<2>(); });
    QTest::newRow("reads too much") << Throw([] { throw Bad<3>(); });
}

void TestExceptionRegistry::badOperators()
{
    QFETCH(const Throw, function);

    QSeamstressError::registerExceptionType<Bad<0>>();
    QSeamstressError::registerExceptionType<Bad<1>>();
    QSeamstressError::registerExceptionType<Bad<2>>();
    QSeamstressError::registerExceptionType<Bad<3>>();
    QVERIFY(!travelled(thrownBy(function)));
}

class OfALibrary : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

void TestExceptionRegistry::knownAsLongAsRegistered()
{
    const std::exception_ptr exception = std::make_exception_ptr(OfALibrary("unloaded"));
    QCOMPARE(encodeException(exception), QByteArray());
    {
        const ExceptionRegistration registration(exceptionType<OfALibrary, ExceptionWithText<OfALibrary>>);
        QVERIFY(travelled(exception));
    }
    QCOMPARE(encodeException(exception), QByteArray());
}

void TestExceptionRegistry::neitherOfTwoThatCannotBeToldApart()
{
    // Where the system does not tell where code lies; here, since the functions are the same.
    const std::exception_ptr first = refusedElsewhere();
    const std::exception_ptr second = refusedAndUnknown();
    ExceptionType type = findExceptionType(*typeOf(first)).value();
    const QByteArray bytes = encodeException(first);
    QVERIFY(decodeException(bytes));
    type.type = typeOf(second);
    const ExceptionRegistration registration(type);
    QCOMPARE(encodeException(first), QByteArray());
    QCOMPARE(encodeException(second), QByteArray());
    QVERIFY(!decodeException(bytes));
}

void TestExceptionRegistry::registeredTwice()
{
    // By the program and by a library of it.
    const std::exception_ptr exception = std::make_exception_ptr(OfALibrary("twice"));
    const ExceptionRegistration first(exceptionType<OfALibrary, ExceptionWithText<OfALibrary>>);
    const ExceptionRegistration second(exceptionType<OfALibrary, ExceptionWithText<OfALibrary>>);
    QVERIFY(travelled(exception));
}

QTEST_GUILESS_MAIN(TestExceptionRegistry)
#include "tst_exceptionregistry.moc"
