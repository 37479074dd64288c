// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The error as a value, and what it says about an exception.

#include <QSeamstressError>
#include <QSeamstressException>
#include <QSeamstressExplorer>
#include <QSeamstressThread>

#include <QDebug>
#include <QMetaEnum>
#include <QTest>

#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>

static_assert(std::is_nothrow_move_constructible_v<QSeamstressError>);
static_assert(std::is_nothrow_move_assignable_v<QSeamstressError>);
static_assert(std::is_copy_constructible_v<QSeamstressError> && std::is_copy_assignable_v<QSeamstressError>);
static_assert(std::is_constructible_v<bool, QSeamstressError> && !std::is_convertible_v<QSeamstressError, bool>);
static_assert(QSeamstressError::NoError == 0);

namespace Shop {
class OutOfBread : public std::exception
{
public:
    const char *what() const noexcept override { return "out of bread"; }
};
enum Reason { Closed };
}

class TestQSeamstressError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNoErrorAtFirst();
    void isAValue();
    void canBeCompared();
    void canBePrinted();
    void isAGadget();
    void saysWhatWasThrown_data();
    void saysWhatWasThrown();
    void saysWhere_data();
    void saysWhere();
    void namesItsOrigin();
    void crossesThreads();
    void outlivesItsExecutor();
};

void TestQSeamstressError::isNoErrorAtFirst()
{
    const QSeamstressError error;
    QCOMPARE(error.code(), QSeamstressError::NoError);
    QCOMPARE(error.message(), QString());
    QCOMPARE(error.exceptionType(), QString());
    QCOMPARE(error.origin(), QString());
    QVERIFY(!error);
    error.raise(); // does nothing

    const QSeamstressThread thread([] { });
    QVERIFY(!thread.error());
    QCOMPARE(thread.errorString(), QString());
}

// The error that a script ends with if its executor has this name.
template <class Script>
static QSeamstressError errorOf(Script script, const QString &name = QStringLiteral("shop"))
{
    QSeamstressThread thread(std::move(script));
    thread.setObjectName(name);
    return thread.enter() && thread.exit() ? QSeamstressError() : thread.error();
}

static bool isAboutBread(const QSeamstressError &error)
{
    return error && error.code() == QSeamstressError::Exception && error.exceptionType() == QLatin1String("Shop::OutOfBread")
        && error.message().contains(QLatin1String("out of bread")) && error.origin() == QLatin1String("shop");
}

void TestQSeamstressError::isAValue()
{
    const auto throwing = [] { throw Shop::OutOfBread(); };
    const QSeamstressError original = errorOf(throwing);
    QVERIFY(isAboutBread(original));

    const QSeamstressError copy = original;
    QVERIFY(isAboutBread(copy));
    QVERIFY(isAboutBread(original));

    QSeamstressError assigned = errorOf([] { throw 1; });
    assigned = original;
    QVERIFY(isAboutBread(assigned));
    assigned = *&assigned;
    QVERIFY(isAboutBread(assigned));

    const QSeamstressError moved = std::move(assigned);
    QVERIFY(isAboutBread(moved));
    QSeamstressError moveAssigned;
    moveAssigned = QSeamstressError(moved);
    QVERIFY(isAboutBread(moveAssigned));
    moveAssigned = QSeamstressError();
    QVERIFY(!moveAssigned);
    QVERIFY(isAboutBread(original));

    // Copies throw the same exception.
    QVERIFY_THROWS_EXCEPTION(Shop::OutOfBread, copy.raise());
}

void TestQSeamstressError::canBeCompared()
{
    const auto throwing = [] { throw Shop::OutOfBread(); };
    const QSeamstressError error = errorOf(throwing);
    const QSeamstressError copy = error;
    QVERIFY(error == copy);
    QVERIFY(error == errorOf(throwing));
    QVERIFY(error != errorOf(throwing, "bakery")); // another origin, and so another message
    QVERIFY(error != errorOf([] { throw Shop::Closed; }));
    QVERIFY(error != QSeamstressError());
    QVERIFY(QSeamstressError() == QSeamstressError());
}

void TestQSeamstressError::canBePrinted()
{
    const auto printed = [](const auto &value) {
        QString text;
        QDebug(&text).nospace() << value;
        return text;
    };
    QCOMPARE(printed(QSeamstressError()), "QSeamstressError(QSeamstressError::NoError)");
    const QSeamstressError error = errorOf([] { throw Shop::OutOfBread(); });
    QCOMPARE(printed(error), "QSeamstressError(QSeamstressError::Exception, \"" + error.message().replace('"', "\\\"") + "\")");
    QCOMPARE(printed(QSeamstressExecutor::Paused), "QSeamstressExecutor::Paused");
    QCOMPARE(printed(QSeamstressExecutor::Blocked), "QSeamstressExecutor::Blocked");
    QCOMPARE(printed(QSeamstressExplorer::Deadlock), "QSeamstressExplorer::Deadlock");
}

void TestQSeamstressError::isAGadget()
{
    const QSeamstressError error = errorOf([] { throw Shop::OutOfBread(); });
    const QMetaObject &type = QSeamstressError::staticMetaObject;
    const auto read = [&](const char *name) { return type.property(type.indexOfProperty(name)).readOnGadget(&error); };
    QCOMPARE(read("code").value<QSeamstressError::Code>(), QSeamstressError::Exception);
    QCOMPARE(read("message").toString(), error.message());
    QCOMPARE(read("exceptionType").toString(), "Shop::OutOfBread");
    QCOMPARE(read("origin").toString(), "shop");
    QCOMPARE(QMetaEnum::fromType<QSeamstressError::Code>().valueToKey(QSeamstressError::PauseTimedOut), "PauseTimedOut");
    QCOMPARE(QVariant::fromValue(error).value<QSeamstressError>().message(), error.message());
}

using Throw = std::function<void()>;

void TestQSeamstressError::saysWhatWasThrown_data()
{
    QTest::addColumn<Throw>("throwing");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");

    QTest::newRow("std-exception") << Throw([] { throw std::runtime_error("text of it"); }) << "std::runtime_error" << "text of it";
    QTest::newRow("text-beyond-latin-1") << Throw([] { throw std::runtime_error("schloß – 鍵"); }) << "std::runtime_error" << QStringLiteral("schloß – 鍵");
    QTest::newRow("text-of-several-lines") << Throw([] { throw std::runtime_error("one\ntwo"); }) << "std::runtime_error" << "one\ntwo";
    QTest::newRow("own-class") << Throw([] { throw Shop::OutOfBread(); }) << "Shop::OutOfBread" << "out of bread";
    QTest::newRow("q-string") << Throw([] { throw QStringLiteral("a text"); }) << "QString" << "a text";
    QTest::newRow("std-string") << Throw([] { throw std::string("a text"); }) << "std::string" << "a text";
    QTest::newRow("literal") << Throw([] { throw "a text"; }) << "char const*" << "a text";
    QTest::newRow("int") << Throw([] { throw 42; }) << "int" << "42";
    QTest::newRow("no-text") << Throw([] { throw Shop::Closed; }) << "Shop::Reason" << "(no message)";
    QTest::newRow("unhandled-exception") << Throw([] { throw QUnhandledException(std::make_exception_ptr(std::out_of_range("inner"))); })
                                         << "QUnhandledException" << "; caused by std::out_of_range: inner";
}

void TestQSeamstressError::saysWhatWasThrown()
{
    QFETCH(const Throw, throwing);
    QFETCH(const QString, type);
    QFETCH(const QString, text);

    const QSeamstressError error = errorOf(throwing);
    QCOMPARE(error.code(), QSeamstressError::Exception);
    QCOMPARE(error.exceptionType(), type);
    const QString head = QStringLiteral("\"shop\" threw %1 before its first pause point: ").arg(type);
    QVERIFY2(error.message().startsWith(head), qPrintable(error.message()));
    QVERIFY2(error.message().endsWith(text), qPrintable(error.message()));
}

void TestQSeamstressError::saysWhere_data()
{
    QTest::addColumn<Throw>("script");
    QTest::addColumn<QString>("where");

    QTest::newRow("at-once") << Throw([] { throw 1; }) << "before its first pause point";
    QTest::newRow("after-a-named-point") << Throw([] {
        QSeamstress::pause("locked");
        throw 1;
    }) << "after its pause point \"locked\"";
    QTest::newRow("after-the-second-point") << Throw([] {
        QSeamstress::pause("locked");
        QSeamstress::pause("written");
        throw 1;
    }) << "after its pause point \"written\"";
    QTest::newRow("after-an-unnamed-point") << Throw([] {
        QSeamstress::pause("locked");
        QSeamstress::pause();
        throw 1;
    }) << "after its last pause point";
}

void TestQSeamstressError::saysWhere()
{
    QFETCH(const Throw, script);
    QFETCH(const QString, where);

    QCOMPARE(errorOf(script).message(), QStringLiteral("\"shop\" threw int %1: 1").arg(where));
}

void TestQSeamstressError::namesItsOrigin()
{
    QCOMPARE(errorOf([] { throw 1; }).origin(), "shop");
    QCOMPARE(errorOf([] { return false; }).origin(), "shop");
    const QSeamstressError nameless = errorOf([] { throw 1; }, QString());
    QCOMPARE(nameless.origin(), QString());
    QVERIFY2(nameless.message().startsWith("The unnamed QSeamstressThread threw int "), qPrintable(nameless.message()));
}

void TestQSeamstressError::crossesThreads()
{
    const QSeamstressError error = errorOf([] { throw Shop::OutOfBread(); });
    bool same = false;
    bool raised = false;
    std::thread([copy = error, &same, &raised] {
        same = isAboutBread(copy);
        try {
            copy.raise();
        } catch (const Shop::OutOfBread &) {
            raised = true;
        }
    }).join();
    QVERIFY(same);
    QVERIFY(raised);
    QVERIFY(isAboutBread(error));
}

void TestQSeamstressError::outlivesItsExecutor()
{
    QSeamstressError error;
    {
        QSeamstressThread thread([] { throw Shop::OutOfBread(); });
        thread.setObjectName("shop");
        QVERIFY(!thread.enter());
        error = thread.error();
    }
    QVERIFY(isAboutBread(error));
    QVERIFY_THROWS_EXCEPTION(Shop::OutOfBread, error.raise());
}

QTEST_GUILESS_MAIN(TestQSeamstressError)
#include "tst_qseamstresserror.moc"
