// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The errors of a script arrive unchanged from another process, and no bytes do any harm.

#include <QSeamstressException>

#include <QMetaEnum>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <stdexcept>

#include "errorcodec_p.h"
#include "errordata_p.h"
#include "payload_p.h"

using namespace QSeamstressPrivate;

class TestErrorCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noErrors();
    void everyCode();
    void emptyError();
    void texts();
    void severalErrors();
    void exceptionThatTravels();
    void exceptionThatDoesNot();
    void exceptionThatIsNotKnownHere();
    void truncated();
    void misshapen_data();
    void misshapen();
    void random();
};

static QList<QSeamstressError> travelled(const QList<QSeamstressError> &errors)
{
    return decodeErrors(encodeErrors(errors)).value_or(QList<QSeamstressError>{ ErrorData::make(QSeamstressError::Crashed, "not decoded") });
}

static bool isSame(const QSeamstressError &one, const QSeamstressError &other)
{
    return one.code() == other.code() && one.message() == other.message() && one.exceptionType() == other.exceptionType() && one.origin() == other.origin();
}

void TestErrorCodec::noErrors()
{
    QVERIFY(travelled({}).isEmpty());
    QVERIFY(!decodeErrors({}));
}

void TestErrorCodec::everyCode()
{
    const QMetaEnum codes = QMetaEnum::fromType<QSeamstressError::Code>();
    for (int i = 0; i < codes.keyCount(); ++i) {
        const auto code = static_cast<QSeamstressError::Code>(codes.value(i));
        QCOMPARE(travelled({ ErrorData::make(code, "message") }).first().code(), code);
    }
}

void TestErrorCodec::emptyError()
{
    const QList<QSeamstressError> errors = travelled({ QSeamstressError() });
    QCOMPARE(errors.size(), 1);
    QVERIFY(isSame(errors.first(), QSeamstressError()));
    errors.first().raise();
}

void TestErrorCodec::texts()
{
    for (const QString &text : { QString(), QStringLiteral("schlo\u00df"), QString(QChar(0xd800)), QString(100'000, 'x') }) {
        const QSeamstressError error = ErrorData::fromParts(QSeamstressError::Exception, text, text + '1', text + '2', nullptr);
        QVERIFY(isSame(travelled({ error }).first(), error));
    }
}

void TestErrorCodec::severalErrors()
{
    const QList<QSeamstressError> errors = {
        ErrorData::make(QSeamstressError::SetUpFailed, "first", "origin"),
        ErrorData::fromException(std::make_exception_ptr(std::out_of_range("second")), "origin", "name", " there"),
        ErrorData::make(QSeamstressError::InvalidUse, "third"),
    };
    const QList<QSeamstressError> copies = travelled(errors);
    QVERIFY(std::equal(copies.begin(), copies.end(), errors.begin(), errors.end(), isSame));
}

void TestErrorCodec::exceptionThatTravels()
{
    const QSeamstressError error = ErrorData::fromException(std::make_exception_ptr(std::out_of_range("too far")), "origin", "name", " there");
    const QSeamstressError copy = travelled({ error }).first();
    QVERIFY(isSame(copy, error));
    try {
        copy.raise();
        QFAIL("raise() threw nothing");
    } catch (const std::out_of_range &e) {
        QCOMPARE(e.what(), "too far");
    }
}

void TestErrorCodec::exceptionThatDoesNot()
{
    struct Unknown : std::runtime_error
    {
        using std::runtime_error::runtime_error;
    };
    const QSeamstressError error = ErrorData::fromException(std::make_exception_ptr(Unknown("too far")), "origin", "name", " there");
    const QSeamstressError copy = travelled({ error }).first();
    QVERIFY(isSame(copy, error));
    try {
        copy.raise();
        QFAIL("raise() threw nothing");
    } catch (const QSeamstressException &e) {
        QVERIFY(QByteArray(e.what()).endsWith("Unknown there: too far"));
        QVERIFY(isSame(e.error(), error));
    }
}

// The format of the codec: number of errors, then code, message, type, origin and exception of each error.
static QByteArray packed(qint32 code, quint32 count = 1)
{
    return pack(count, code, QStringLiteral("message"), QString(), QStringLiteral("origin"), QByteArray("no exception"));
}

void TestErrorCodec::exceptionThatIsNotKnownHere()
{
    const auto errors = decodeErrors(packed(QSeamstressError::Exception));
    QVERIFY(errors);
    QCOMPARE(errors->first().message(), "message");
    QVERIFY_THROWS_EXCEPTION(QSeamstressException, errors->first().raise());
}

void TestErrorCodec::truncated()
{
    const QByteArray bytes = encodeErrors({ ErrorData::make(QSeamstressError::SetUpFailed, "first", "origin"),
                                            ErrorData::fromException(std::make_exception_ptr(std::out_of_range("second")), "origin", "name", " there") });
    QVERIFY(decodeErrors(bytes));
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY2(!decodeErrors(bytes.first(size)), qPrintable(QString::number(size)));
    QVERIFY(!decodeErrors(bytes + '\0'));
}

void TestErrorCodec::misshapen_data()
{
    QTest::addColumn<QByteArray>("bytes");

    QTest::newRow("negative code") << packed(-1);
    QTest::newRow("unknown code") << packed(QSeamstressError::ClockFailed + 1);
    QTest::newRow("fewer errors than announced") << packed(QSeamstressError::Exception, 2);
    QTest::newRow("billions of errors announced") << packed(QSeamstressError::Exception, 0xffffffffU);
    QTest::newRow("more errors than announced") << packed(QSeamstressError::Exception, 0);
    QTest::newRow("message of gigabytes") << pack(quint32(1), qint32(1), quint32(0xfffffffe), quint32(0));
    QTest::newRow("message of half a character") << pack(quint32(1), qint32(1), quint32(3)) + QByteArray(20, 'x');
}

void TestErrorCodec::misshapen()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(!decodeErrors(bytes));
}

void TestErrorCodec::random()
{
    QRandomGenerator generator(1);
    for (int time = 0; time < 1'000; ++time) {
        QByteArray bytes(generator.bounded(5, 200), Qt::Uninitialized);
        std::generate(bytes.begin(), bytes.end(), [&generator] { return static_cast<char>(generator.generate()); });
        QVERIFY(!decodeErrors(bytes));
    }
}

QTEST_GUILESS_MAIN(TestErrorCodec)
#include "tst_errorcodec.moc"
