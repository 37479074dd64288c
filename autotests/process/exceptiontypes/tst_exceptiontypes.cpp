// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Types that users register arrive from another process with their own type, and only these types.

#include <QSeamstressException>

#include <QException>
#include <QTest>

#include <functional>
#include <stdexcept>
#include <string>

#include "platform/processes_p.h"
#include "refused.h"
#include "../travel.h"

using namespace QSeamstressPrivate;
using Throw = std::function<void()>;

class TestExceptionTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamed();
    void madeFromText_data();
    void madeFromText();
    void namedOnly();
    void derivedFromRegistered();
    void twoOfOneName();
    void nested();

private:
    void neverCalled();
};

class Streamed : public std::exception
{
public:
    const char *what() const noexcept override { return "streamed"; }

    int amount = 0;
    QStringList names = {};
};

static QDataStream &operator<<(QDataStream &stream, const Streamed &exception)
{
    return stream << exception.amount << exception.names;
}

static QDataStream &operator>>(QDataStream &stream, Streamed &exception)
{
    return stream >> exception.amount >> exception.names;
}

struct StreamedWithoutText
{
    double value = 0;

    friend QDataStream &operator<<(QDataStream &stream, const StreamedWithoutText &exception) { return stream << exception.value; }
    friend QDataStream &operator>>(QDataStream &stream, StreamedWithoutText &exception) { return stream >> exception.value; }
};

void TestExceptionTypes::streamed()
{
    QSeamstressError::registerExceptionType<Streamed>();
    QSeamstressError::registerExceptionType<StreamedWithoutText>();
    Streamed exception;
    exception.amount = 7;
    exception.names = QStringList{ "Alice", "Bob" };
    try {
        std::rethrow_exception(travelled(std::make_exception_ptr(exception)));
    } catch (const Streamed &copy) {
        QCOMPARE(copy.amount, 7);
        QCOMPARE(copy.names, exception.names);
    }
    try {
        std::rethrow_exception(travelled(std::make_exception_ptr(StreamedWithoutText{ 1.5 })));
    } catch (const StreamedWithoutText &copy) {
        QCOMPARE(copy.value, 1.5);
    }
}

class FromStdString : public std::runtime_error
{
public:
    explicit FromStdString(const std::string &what)
        : std::runtime_error(what)
    {
    }
};

class FromQString : public QException
{
public:
    explicit FromQString(const QString &text)
        : m_what(text.toUtf8())
    {
    }
    const char *what() const noexcept override { return m_what.constData(); }
    void raise() const override { throw *this; }
    FromQString *clone() const override { return new FromQString(*this); }

private:
    QByteArray m_what;
};

class ByInheritedConstructor : public std::logic_error
{
    using std::logic_error::logic_error;
};

class Final final : public std::exception
{
public:
    explicit Final(std::string what)
        : m_what(std::move(what))
    {
    }
    const char *what() const noexcept override { return m_what.c_str(); }

private:
    std::string m_what;
};

namespace {

class Refused : public std::runtime_error
{
public:
    explicit Refused(const std::string &what)
        : std::runtime_error(what)
    {
    }
};

} // namespace

// If not, neither of two types with the same name can be sent.
static bool placesAreKnown()
{
    return !placeOf(reinterpret_cast<void (*)()>(&placesAreKnown)).module.isNull();
}

// Nothing calls it, since a process that runs a script runs no tests.
void TestExceptionTypes::neverCalled()
{
    QSeamstressError::registerExceptionType<FromStdString>();
    QSeamstressError::registerExceptionType<FromQString>();
    QSeamstressError::registerExceptionType<ByInheritedConstructor>();
    QSeamstressError::registerExceptionType<Final>();
    QSeamstressError::registerExceptionType<Refused>();
}

void TestExceptionTypes::madeFromText_data()
{
    QTest::addColumn<Throw>("function");

    class Local : public std::runtime_error
    {
        using std::runtime_error::runtime_error;
    };
    [[maybe_unused]] const auto notCalledEither = [] { QSeamstressError::registerExceptionType<Local>(); };
    QTest::newRow("std::string") << Throw([] { throw FromStdString("by std::string"); });
    QTest::newRow("std::string, no utf-8") << Throw([] { throw FromStdString("schlo\xdf"); });
    QTest::newRow("QString") << Throw([] { throw FromQString("by QString, schlo\u00df"); });
    QTest::newRow("inherited constructor") << Throw([] { throw ByInheritedConstructor("inherited"); });
    QTest::newRow("final class") << Throw([] { throw Final("final"); });
    QTest::newRow("local class") << Throw([] { throw Local("local"); });
    if (placesAreKnown()) {
        QTest::newRow("in an anonymous namespace") << Throw([] { throw Refused("refused here"); });
        QTest::newRow("in that of another file") << Throw([] { std::rethrow_exception(refusedElsewhere()); });
    }
    QTest::newRow("named in an unused function") << Throw([] { std::rethrow_exception(namedInUnusedFunction()); });
}

void TestExceptionTypes::madeFromText()
{
    QFETCH(const Throw, function);

    const std::exception_ptr exception = thrownBy(function);
    const std::exception_ptr copy = travelled(exception);
    QCOMPARE(typeNameOf(copy), typeNameOf(exception));
    QCOMPARE(whatOf(copy), whatOf(exception));
}

class NamedByAddress : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

class NamedInTemplate : public std::runtime_error
{
    using std::runtime_error::runtime_error;
};

template <class E>
static void registerIt()
{
    QSeamstressError::registerExceptionType<E>();
}

void TestExceptionTypes::namedOnly()
{
    [[maybe_unused]] void (*const function)() = &QSeamstressError::registerExceptionType<NamedByAddress>;
    QVERIFY(travelled(std::make_exception_ptr(NamedByAddress("address"))));
    [[maybe_unused]] void (*const inTemplate)() = &registerIt<NamedInTemplate>;
    QVERIFY(travelled(std::make_exception_ptr(NamedInTemplate("template"))));
}

void TestExceptionTypes::derivedFromRegistered()
{
    class Derived : public FromStdString
    {
        using FromStdString::FromStdString;
    };
    QCOMPARE(encodeException(std::make_exception_ptr(Derived("derived"))), QByteArray());
}

void TestExceptionTypes::twoOfOneName()
{
    // Whether catch distinguishes them depends on the compiler: g++ does, clang++ does not.
    const std::exception_ptr here = std::make_exception_ptr(Refused("refused here"));
    const std::exception_ptr elsewhere = refusedElsewhere();
    QCOMPARE(typeNameOf(here), typeNameOf(elsewhere));
    QCOMPARE(typeNameOf(here), typeNameOf(refusedAndUnknown()));
    QVERIFY(typeOf(here) != typeOf(elsewhere));
    QCOMPARE(typeOf(travelled(here)), placesAreKnown() ? typeOf(here) : nullptr);
    QCOMPARE(typeOf(travelled(elsewhere)), placesAreKnown() ? typeOf(elsewhere) : nullptr);
    QCOMPARE(encodeException(refusedAndUnknown()), QByteArray());
}

void TestExceptionTypes::nested()
{
    const std::exception_ptr exception = thrownBy([] {
        try {
            throw FromQString("the cause");
        } catch (...) {
            std::throw_with_nested(FromStdString("outer"));
        }
    });
    const std::exception_ptr copy = travelled(exception);
    QVERIFY_THROWS_EXCEPTION(QSeamstressException, std::rethrow_exception(copy));
    try {
        std::rethrow_exception(copy);
    } catch (const std::nested_exception &e) {
        QVERIFY_THROWS_EXCEPTION(FromQString, e.rethrow_nested());
    }
}

QTEST_GUILESS_MAIN(TestExceptionTypes)
#include "tst_exceptiontypes.moc"
