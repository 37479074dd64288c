// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Registered types, and what happens if their stream operators are wrong.

#include <QSeamstressError>

#include <QTest>

#include <functional>
#include <stdexcept>
#include <typeinfo>
#include <utility>
#include <vector>

#include "../../../src/platform/processes_p.h"
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
    void namesOfOneFile_data();
    void namesOfOneFile();
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
    return stream; // reads too little
}
static QDataStream &operator<<(QDataStream &stream, const Bad<3> &)
{
    return stream;
}
static QDataStream &operator>>(QDataStream &stream, Bad<3> &)
{
    int number = 0;
    return stream >> number; // that was not written
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
    // As on systems that do not report where code is located. Here, both types have the same functions.
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
    // By the program and by one of its libraries.
    const std::exception_ptr exception = std::make_exception_ptr(OfALibrary("twice"));
    const ExceptionRegistration first(exceptionType<OfALibrary, ExceptionWithText<OfALibrary>>);
    const ExceptionRegistration second(exceptionType<OfALibrary, ExceptionWithText<OfALibrary>>);
    QVERIFY(travelled(exception));
}

class ZLibError
{
};
namespace bank {
enum Colour { Red };
namespace ZL2 {
class Error
{
};
}
template <int number, Colour colour>
class Refused
{
};
[[maybe_unused]] inline auto pay()
{
    class L3Error
    {
    };
    return L3Error();
}
[[maybe_unused]] static auto payHere()
{
    class Error
    {
    };
    return Error();
}
}
[[maybe_unused]] static auto payHereToo(const std::vector<bank::ZL2::Error> &)
{
    class Error
    {
    };
    return Error();
}
namespace {
class Hidden
{
};
template <class T>
class HiddenAlso
{
};
}

Q_DECLARE_METATYPE(const std::type_info *)

void TestExceptionRegistry::namesOfOneFile_data()
{
    QTest::addColumn<const std::type_info *>("type");
    QTest::addColumn<bool>("isOfOneFile");
    QTest::newRow("class-ZLibError") << &typeid(ZLibError) << false;
    QTest::newRow("namespace-ZL2") << &typeid(bank::ZL2::Error) << false;
    QTest::newRow("numbers") << &typeid(bank::Refused<5, bank::Red>) << false;
    QTest::newRow("template") << &typeid(std::vector<std::pair<ZLibError, std::vector<ZLibError>>>) << false;
    QTest::newRow("inline-function") << &typeid(bank::pay()) << false;
    QTest::newRow("static-function") << &typeid(payHereToo({})) << true;
    QTest::newRow("static-function-in-a-namespace") << &typeid(bank::payHere()) << true;
    QTest::newRow("anonymous-namespace") << &typeid(Hidden) << true;
    QTest::newRow("template-of-an-anonymous-namespace") << &typeid(std::vector<HiddenAlso<int>>) << true;
}

// A type whose name is the same in every file and in other programs is found without a place.
void TestExceptionRegistry::namesOfOneFile()
{
    QFETCH(const std::type_info *const, type);
    QFETCH(const bool, isOfOneFile);
    ExceptionType known = exceptionType<OfALibrary, ExceptionWithText<OfALibrary>>;
    if (placeOf(reinterpret_cast<void (*)()>(known.write)).module.isNull())
        QSKIP("This system does not report where code is located.");
    known.type = type;
    QVERIFY2(keyOf(known).value().place.isEmpty() != isOfOneFile, type->name());
}

QTEST_GUILESS_MAIN(TestExceptionRegistry)
#include "tst_exceptionregistry.moc"
