// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Bytes that are not an exception do no harm, whatever they contain.

#include <QSeamstressException>

#include <QException>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <filesystem>

#include "errorcodec_p.h"
#include "errordata_p.h"
#include "travel.h"
#include "payload_p.h"

using namespace QSeamstressPrivate;

class TestExceptionBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void truncated();
    void changed();
    void random();
    void misshapen_data();
    void misshapen();
    void hugeLengths();
    void manyLevels();
};

// Bytes that contain an example of everything.
static QByteArray someBytes()
{
    return encodeException(thrownBy([] {
        try {
            std::filesystem::rename("/no/such/file", "/nor/this");
        } catch (...) {
            const QSeamstressError error = ErrorData::fromException(std::current_exception(), "origin", "\"name\"", ", there");
            const std::exception_ptr exception = std::make_exception_ptr(QSeamstressException(error));
            std::throw_with_nested(QUnhandledException(exception));
        }
    }));
}

void TestExceptionBytes::truncated()
{
    const QByteArray bytes = someBytes();
    QVERIFY(decodeException(bytes));
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY2(!decodeException(bytes.first(size)), qPrintable(QString::number(size)));
    QVERIFY(!decodeException(bytes + '\0'));
}

void TestExceptionBytes::changed()
{
    // Any result is fine, as long as the function returns. The values announce a large size or none.
    const QByteArray bytes = someBytes();
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        for (const char value : { '\x00', '\x7f', '\xff' }) {
            QByteArray other = bytes;
            other[i] = value;
            decodeException(other);
            decodeException(other.replace(i, 4, QByteArray(4, value)));
        }
    }
}

void TestExceptionBytes::random()
{
    QRandomGenerator generator(1);
    for (int time = 0; time < 1'000; ++time) {
        QByteArray bytes(generator.bounded(1, 200), Qt::Uninitialized);
        std::generate(bytes.begin(), bytes.end(), [&generator] { return static_cast<char>(generator.generate()); });
        QVERIFY(!decodeException(bytes));
    }
}

// The format of the codec: key, place, payload, cause.
static QByteArray packed(const std::type_info &type, const QByteArray &payload, const QByteArray &cause = {}, const QByteArray &place = {})
{
    return pack(QByteArray(type.name()), place, payload, cause);
}

void TestExceptionBytes::misshapen_data()
{
    QTest::addColumn<QByteArray>("bytes");

    const QByteArray text = pack(QByteArray("text"));
    const QByteArray cause = packed(typeid(std::logic_error), text);
    QVERIFY(decodeException(cause));
    QTest::newRow("unknown type") << packed(typeid(TestExceptionBytes), text);
    QTest::newRow("known type, elsewhere") << packed(typeid(std::logic_error), text, {}, "@0");
    QTest::newRow("cause of another type") << packed(typeid(std::logic_error), text, cause);
    QTest::newRow("cause of a number") << packed(typeid(int), pack(qint32(1)), cause);
    const QByteArray outer = pack(encodeErrors({ ErrorData::fromParts(QSeamstressError::Exception, "outer", "Outer", {}, nullptr) }));
    QVERIFY(decodeException(packed(typeid(QSeamstressException), outer, cause)));
    QTest::newRow("bad cause") << packed(typeid(QSeamstressException), outer, "bad");
    QTest::newRow("payload too long") << packed(typeid(std::logic_error), text + '\0');
    QTest::newRow("payload too short") << packed(typeid(std::logic_error), text.chopped(1));
    QTest::newRow("payload where there is none") << packed(typeid(std::bad_alloc), text);
    QTest::newRow("no payload") << packed(typeid(std::logic_error), {});
    QTest::newRow("unknown category") << packed(typeid(std::system_error), pack(QByteArray("text"), quint8(4), qint32(1), QByteArray(), QByteArray()));
    QTest::newRow("unhandled and bad") << packed(typeid(QUnhandledException), text);
    QTest::newRow("no error") << packed(typeid(QSeamstressException), pack(pack(quint32(0))));
}

void TestExceptionBytes::misshapen()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(!decodeException(bytes));
}

void TestExceptionBytes::hugeLengths()
{
    for (const quint32 length : { 0xfffffffeU, 0x7fffffffU, 0x10000000U }) {
        const QByteArray text = pack(length) + "text";
        QVERIFY(!decodeException(text));
        QVERIFY(!decodeException(packed(typeid(std::logic_error), text)));
        QVERIFY(!decodeException(packed(typeid(QString), text)));
    }
}

void TestExceptionBytes::manyLevels()
{
    // Too many for a stack with one call for each level. Packing takes quadratic time: minutes with a sanitizer, whose frames are larger.
#ifdef QSEAMSTRESS_SANITIZER
    constexpr int levels = 3'000;
#else
    constexpr int levels = 10'000;
#endif
    const QByteArray outer = pack(encodeErrors({ ErrorData::fromParts(QSeamstressError::Exception, "outer", "Outer", {}, nullptr) }));
    QByteArray nested = packed(typeid(std::bad_alloc), {});
    QByteArray unhandled = nested;
    for (int level = 0; level < levels; ++level) {
        nested = packed(typeid(QSeamstressException), outer, nested);
        unhandled = packed(typeid(QUnhandledException), pack(unhandled));
    }
    QVERIFY(!decodeException(nested));
    QVERIFY(!decodeException(unhandled));
}

QTEST_GUILESS_MAIN(TestExceptionBytes)
#include "tst_exceptionbytes.moc"
