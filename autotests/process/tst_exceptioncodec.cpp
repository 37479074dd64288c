// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Exceptions that arrive unchanged from another process. For types that users register, see tst_exceptiontypes.cpp; for nested
// exceptions, see tst_exceptioncauses.cpp.

#include <QSeamstressException>

#include <QException>
#include <QTest>

#include <any>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <regex>
#include <system_error>
#include <variant>

#include "errordata_p.h"
#include "travel.h"

using QSeamstressPrivate::decodeException;
using QSeamstressPrivate::encodeException;
using Throw = std::function<void()>;

class TestExceptionCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void standardTypes_data();
    void standardTypes();
    void codes_data();
    void codes();
    void values();
    void literalsOutliveTheirException();
    void doNotTravel_data();
    void doNotTravel();
};

template <class E>
static void addRow(const char *name)
{
    QTest::newRow(name) << Throw([] { throw E(); });
}

template <class E>
static void addRowsWithText(const QByteArray &name)
{
    QTest::newRow(name + ", ascii") << Throw([] { throw E("a reason"); });
    QTest::newRow(name + ", empty") << Throw([] { throw E(""); });
    QTest::newRow(name + ", no utf-8") << Throw([] { throw E("\xff schlo\xdf"); });
    QTest::newRow(name + ", long") << Throw([] { throw E(std::string(100'000, 'x')); });
}

void TestExceptionCodec::standardTypes_data()
{
    QTest::addColumn<Throw>("function");

    addRowsWithText<std::logic_error>("logic_error");
    addRowsWithText<std::domain_error>("domain_error");
    addRowsWithText<std::invalid_argument>("invalid_argument");
    addRowsWithText<std::length_error>("length_error");
    addRowsWithText<std::out_of_range>("out_of_range");
    addRowsWithText<std::runtime_error>("runtime_error");
    addRowsWithText<std::range_error>("range_error");
    addRowsWithText<std::overflow_error>("overflow_error");
    addRowsWithText<std::underflow_error>("underflow_error");
    addRowsWithText<std::ios_base::failure>("ios_base::failure");
    addRow<std::exception>("exception");
    addRow<std::bad_exception>("bad_exception");
    addRow<std::bad_alloc>("bad_alloc");
    addRow<std::bad_array_new_length>("bad_array_new_length");
    addRow<std::bad_cast>("bad_cast");
    addRow<std::bad_typeid>("bad_typeid");
    addRow<std::bad_any_cast>("bad_any_cast");
    addRow<std::bad_function_call>("bad_function_call");
    addRow<std::bad_optional_access>("bad_optional_access");
    addRow<std::bad_variant_access>("bad_variant_access");
    addRow<std::bad_weak_ptr>("bad_weak_ptr");
    addRow<QException>("QException");

    // As the standard library throws them.
    QTest::newRow("vector::at") << Throw([] { static_cast<void>(std::vector<int>().at(3)); });
    QTest::newRow("stoi") << Throw([] { static_cast<void>(std::stoi("seven")); });
    QTest::newRow("any_cast") << Throw([] { static_cast<void>(std::any_cast<int>(std::any("seven"))); });
    QTest::newRow("optional::value") << Throw([] { static_cast<void>(std::optional<int>().value()); });
    QTest::newRow("empty function") << Throw([] { std::function<void()>()(); });
    QTest::newRow("expired pointer") << Throw([] { static_cast<void>(std::shared_ptr<int>(std::weak_ptr<int>())); });
}

void TestExceptionCodec::standardTypes()
{
    QFETCH(const Throw, function);

    const std::exception_ptr exception = thrownBy(function);
    QVERIFY(exception);
    const std::exception_ptr copy = travelled(exception);
    QCOMPARE(typeNameOf(copy), typeNameOf(exception));
    QCOMPARE(whatOf(copy), whatOf(exception));
}

void TestExceptionCodec::codes_data()
{
    QTest::addColumn<Throw>("function");

    using namespace std::filesystem;
    const std::error_code busy = std::make_error_code(std::errc::device_or_resource_busy);
    QTest::newRow("generic") << Throw([busy] { throw std::system_error(busy, "the lock"); });
    QTest::newRow("generic, without text") << Throw([busy] { throw std::system_error(busy); });
    QTest::newRow("generic, empty text") << Throw([busy] { throw std::system_error(busy, ""); });
    QTest::newRow("system") << Throw([] { throw std::system_error(ENOENT, std::system_category(), "open"); });
    QTest::newRow("iostream") << Throw([] { throw std::system_error(std::io_errc::stream, "stream"); });
    QTest::newRow("future") << Throw([] { throw std::system_error(std::make_error_code(std::future_errc::no_state), "future"); });
    QTest::newRow("unknown number") << Throw([] { throw std::system_error(-12345, std::generic_category(), "number"); });
    QTest::newRow("failure with code") << Throw([busy] { throw std::ios_base::failure("read", busy); });
    QTest::newRow("filesystem, no path") << Throw([busy] { throw filesystem_error("copy", busy); });
    QTest::newRow("filesystem, one path") << Throw([busy] { throw filesystem_error("copy", "/from", busy); });
    QTest::newRow("filesystem, two paths") << Throw([busy] { throw filesystem_error("copy", "/from", "/t\xc3\xb6: \xff]", busy); });
    QTest::newRow("filesystem, no text") << Throw([busy] { throw filesystem_error("", "/from", busy); });
    QTest::newRow("filesystem, a text like a code's") << Throw([busy] { throw filesystem_error("copy: " + busy.message(), "/from", busy); });
    QTest::newRow("remove") << Throw([] { std::filesystem::rename("/no/such/file", "/nor/this"); });
    QTest::newRow("future_error") << Throw([] { throw std::future_error(std::future_errc::broken_promise); });
    QTest::newRow("get_future, twice") << Throw([] {
        std::promise<void> promise;
        static_cast<void>(promise.get_future());
        static_cast<void>(promise.get_future());
    });
    QTest::newRow("regex_error") << Throw([] { throw std::regex_error(std::regex_constants::error_paren); });
}

struct Code
{
    QByteArray category;
    int value = 0;
    std::filesystem::path path1 = {};
    std::filesystem::path path2 = {};

    bool operator==(const Code &other) const = default;
};

static Code codeOf(const std::exception_ptr &exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::filesystem::filesystem_error &e) {
        return { e.code().category().name(), e.code().value(), e.path1(), e.path2() };
    } catch (const std::system_error &e) {
        return { e.code().category().name(), e.code().value() };
    } catch (const std::future_error &e) {
        return { e.code().category().name(), e.code().value() };
    } catch (const std::regex_error &e) {
        return { "regex", e.code() };
    }
}

void TestExceptionCodec::codes()
{
    standardTypes();
    if (QTest::currentTestFailed())
        return;
    QFETCH(const Throw, function);
    const std::exception_ptr exception = thrownBy(function);
    QVERIFY(codeOf(travelled(exception)) == codeOf(exception));
}

template <class Value>
static bool travels(const Value &value)
{
    try {
        std::rethrow_exception(travelled(std::make_exception_ptr(value)));
    } catch (const Value &copy) {
        return copy == value;
    }
}

void TestExceptionCodec::values()
{
    QVERIFY(travels(0));
    QVERIFY(travels(std::numeric_limits<int>::min()));
    QVERIFY(travels(QString()));
    QVERIFY(travels(QStringLiteral("schlo\u00df") + QChar(0xd800))); // half a surrogate pair
    QVERIFY(travels(std::string()));
    QVERIFY(travels(std::string("a\0b\xff", 4)));
}

void TestExceptionCodec::literalsOutliveTheirException()
{
    const auto text = [](const char *thrown) {
        try {
            std::rethrow_exception(travelled(std::make_exception_ptr(thrown)));
        } catch (const char *copy) {
            return copy;
        }
    };
    const char *const first = text("a literal");
    const char *const second = text("another one");
    QCOMPARE(first, "a literal");
    QCOMPARE(second, "another one");
    QCOMPARE(text(""), "");
    QCOMPARE(text(nullptr), static_cast<const char *>(nullptr));
}

class Unknown : public std::runtime_error
{
public:
    Unknown()
        : std::runtime_error("not registered")
    {
    }
};

class UnknownToQt : public QException
{
public:
    void raise() const override { throw *this; }
    UnknownToQt *clone() const override { return new UnknownToQt(*this); }
};

class Category : public std::error_category
{
public:
    const char *name() const noexcept override { return "generic"; }
    std::string message(int) const override { return "not that of the standard library"; }
};

void TestExceptionCodec::doNotTravel_data()
{
    QTest::addColumn<Throw>("function");

    using std::filesystem::filesystem_error;
    static const Category category;
    const std::error_code busy = std::make_error_code(std::errc::device_or_resource_busy);
    addRow<Unknown>("derived from runtime_error");
    addRow<UnknownToQt>("derived from QException");
    QTest::newRow("derived from QSeamstressException") << Throw([] { throw QSeamstressPrivate::ScriptFailure(QSeamstressError::SetUpFailed, "failed"); });
    QTest::newRow("code of a category of the user's") << Throw([] { throw std::system_error(1, category, "code"); });
    QTest::newRow("failure of a stream") << Throw([] {
        std::ifstream file("/no/such/file");
        file.exceptions(std::ios::failbit);
    });
    QTest::newRow("filesystem, second path empty") << Throw([busy] { throw filesystem_error("copy", "/from", "", busy); });
    QTest::newRow("filesystem, both paths empty") << Throw([busy] { throw filesystem_error("copy", "", "", busy); });
    QTest::newRow("filesystem, one path, which is empty") << Throw([busy] { throw filesystem_error("copy", "", busy); });
    QTest::newRow("regular expression, code without name") << Throw([] { std::regex("a", std::regex::basic | std::regex::extended); });
    QTest::newRow("regular expression") << Throw([] { std::regex("(["); });
    QTest::newRow("variant") << Throw([] { static_cast<void>(std::get<int>(std::variant<QString, int>())); });
    QTest::newRow("double") << Throw([] { throw 1.5; });
    QTest::newRow("enum") << Throw([] { throw Qt::red; });
    QTest::newRow("pointer that only moves") << Throw([] { throw std::make_unique<int>(1); });
    QTest::newRow("nothing") << Throw([] {});
}

void TestExceptionCodec::doNotTravel()
{
    QFETCH(const Throw, function);
    QCOMPARE(encodeException(thrownBy(function)), QByteArray());
    QVERIFY(!decodeException({}));
}

QTEST_GUILESS_MAIN(TestExceptionCodec)
#include "tst_exceptioncodec.moc"
