// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Frames in a stream of bytes, from a program of ours and from a foreign one.

#include <QRandomGenerator>
#include <QTest>

#include <limits>

#include "../../src/process/frame_p.h"

using namespace QSeamstressPrivate;

namespace {

constexpr int offsetOfVersion = 4;
constexpr int offsetOfType = 6;
constexpr int offsetOfLength = 7;
constexpr int headerSize = 11;

QByteArray header()
{
    return encodeFrame(FrameType::Hello, {});
}

QByteArray with(int offset, const QByteArray &bytes)
{
    return header().replace(offset, bytes.size(), bytes);
}

} // namespace

class TestFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeOutAsTheyWentIn_data();
    void comeOutAsTheyWentIn();
    void comeOneByteAtATime_data();
    void comeOneByteAtATime();
    void comeSeveralAtOnce();
    void waitForTheRest();
    void areRefused_data();
    void areRefused();
    void areRefusedFromTheFirstWrongByte_data();
    void areRefusedFromTheFirstWrongByte();
    void comeBeforeTheWrongByte();
    void neverComeAfterAProblem();
    void mayBeAsLargeAsAllowed();
    void areQuotedIfTheyAreNone();
    void surviveRandomBytes_data();
    void surviveRandomBytes();

private:
    void addFrames();
};

void TestFrames::addFrames()
{
    QTest::addColumn<FrameType>("type");
    QTest::addColumn<QByteArray>("payload");

    QTest::newRow("start-with-text") << FrameType::Start << QByteArray("script");
    QTest::newRow("hello-without-payload") << FrameType::Hello << QByteArray();
    QTest::newRow("reached-with-zeros") << FrameType::Reached << QByteArray(20, '\0');
    QTest::newRow("halted-with-a-frame-inside") << FrameType::Halted << encodeFrame(FrameType::Ended, "inner");
    QTest::newRow("ended-of-one-byte") << FrameType::Ended << QByteArray("\xff");
    QTest::newRow("let-go") << FrameType::LetGo << QByteArray("go");
    QTest::newRow("retarget") << FrameType::Retarget << QByteArray("there");
    QTest::newRow("cancel") << FrameType::Cancel << QByteArray("stop");
    QTest::newRow("request-interruption-with-a-megabyte") << FrameType::RequestInterruption << QByteArray(1024 * 1024, 'm');
}

void TestFrames::comeOutAsTheyWentIn_data()
{
    addFrames();
}

void TestFrames::comeOutAsTheyWentIn()
{
    QFETCH(FrameType, type);
    QFETCH(QByteArray, payload);

    FrameDecoder decoder;
    QVERIFY(!decoder.next());
    decoder.append(encodeFrame(type, payload));

    const std::optional<Frame> frame = decoder.next();
    QVERIFY2(frame, qPrintable(decoder.problem()));
    QCOMPARE(frame->type, type);
    QCOMPARE(frame->payload, payload);
    QVERIFY(!decoder.next());
    QCOMPARE(decoder.problem(), QString());
}

void TestFrames::comeOneByteAtATime_data()
{
    addFrames();
}

void TestFrames::comeOneByteAtATime()
{
    QFETCH(FrameType, type);
    QFETCH(QByteArray, payload);

    const QByteArray bytes = encodeFrame(type, payload);
    FrameDecoder decoder;
    for (int round = 0; round < 2; ++round) {
        for (qsizetype i = 0; i < bytes.size(); ++i) {
            QVERIFY(!decoder.next());
            decoder.append(bytes.mid(i, 1));
        }
        const std::optional<Frame> frame = decoder.next();
        QVERIFY2(frame, qPrintable(decoder.problem()));
        QCOMPARE(frame->type, type);
        QCOMPARE(frame->payload, payload);
    }
    QVERIFY(!decoder.next());
}

void TestFrames::comeSeveralAtOnce()
{
    QByteArray bytes;
    for (int i = 0; i < 1000; ++i)
        bytes += encodeFrame(FrameType::Reached, QByteArray::number(i));

    FrameDecoder decoder;
    decoder.append(bytes + header().left(5));
    for (int i = 0; i < 1000; ++i) {
        const std::optional<Frame> frame = decoder.next();
        QVERIFY2(frame, qPrintable(decoder.problem()));
        QCOMPARE(frame->payload, QByteArray::number(i));
    }
    QVERIFY(!decoder.next());
    decoder.append(header().mid(5));
    QVERIFY(decoder.next());
}

void TestFrames::waitForTheRest()
{
    const QByteArray bytes = encodeFrame(FrameType::Halted, "somewhere");
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        FrameDecoder decoder;
        decoder.append(bytes.left(size));
        QVERIFY(!decoder.next());
        QCOMPARE(decoder.problem(), QString());
        decoder.append(bytes.mid(size));
        const std::optional<Frame> frame = decoder.next();
        QVERIFY2(frame, qPrintable(decoder.problem()));
        QCOMPARE(frame->payload, "somewhere");
    }
}

void TestFrames::areRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("problem");

    const QString stranger("The output does not come from QSeamstress: the program does not link QSeamstress, or it prints before main(). It begins with \"%1\".");
    QTest::newRow("output-of-a-test") << QByteArray("********* Start testing of TestPay *********\nConfig: Using QtTest library 6.4.2")
                                      << stranger.arg("********* Start testing of TestPay *********.Config: Using Q");
    QTest::newRow("one-letter") << QByteArray("y") << stranger.arg("y");
    QTest::newRow("line-feed") << QByteArray("\n") << stranger.arg(".");
    QTest::newRow("bytes-of-no-text") << QByteArray("\x7f\x45\x4c\x46\x02\x00", 6) << stranger.arg(".ELF..");
    QTest::newRow("letters-beyond-ascii") << QByteArray("grüß") << stranger.arg("grüß");

    const QString version("The other program uses protocol version %1, this one uses version 1; build both programs against the same version of QSeamstress.");
    QTest::newRow("version-before") << with(offsetOfVersion, QByteArray("\0\0", 2)) << version.arg(0);
    QTest::newRow("version-after") << with(offsetOfVersion, QByteArray("\0\2", 2)) << version.arg(2);
    QTest::newRow("version-of-other-header") << with(offsetOfVersion, QByteArray("\0\7", 2)).left(offsetOfType) << version.arg(7);
    QTest::newRow("version-that-is-largest") << with(offsetOfVersion, QByteArray("\xff\xff", 2)) << version.arg(65535);

    const QString type("Received corrupt data: there is no message of type %1. Something other than QSeamstress writes to the pipe between the test and its child process.");
    QTest::newRow("type-after-the-last") << with(offsetOfType, "\x09") << type.arg(9);
    QTest::newRow("type-that-is-largest") << with(offsetOfType, "\xff").left(offsetOfLength) << type.arg(255);

    const QString length("Received corrupt data, or a message that is too large: it announces %1 bytes, but at most 67108864 are allowed.");
    QTest::newRow("length-one-too-large") << with(offsetOfLength, QByteArray("\4\0\0\1", 4)) << length.arg(67108865);
    QTest::newRow("length-that-is-largest") << with(offsetOfLength, QByteArray("\xff\xff\xff\xff", 4)) << length.arg(std::numeric_limits<quint32>::max());
}

void TestFrames::areRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, problem);

    FrameDecoder decoder;
    decoder.append(bytes);
    QVERIFY(!decoder.next());
    QCOMPARE(decoder.problem(), problem);
}

void TestFrames::areRefusedFromTheFirstWrongByte_data()
{
    QTest::addColumn<int>("offset");

    QTest::newRow("first-of-magic") << 0;
    QTest::newRow("second-of-magic") << 1;
    QTest::newRow("third-of-magic") << 2;
    QTest::newRow("last-of-magic") << 3;
    QTest::newRow("last-of-version") << 5;
    QTest::newRow("type") << offsetOfType;
    QTest::newRow("last-of-length") << headerSize - 1;
}

void TestFrames::areRefusedFromTheFirstWrongByte()
{
    QFETCH(int, offset);

    // Long enough for every field, once the byte under test has arrived.
    const QByteArray bytes = with(offsetOfLength, QByteArray("\x84\0\0\0", 4)).replace(offset, 1, "\xee");
    FrameDecoder decoder;
    for (int i = 0; i < offset; ++i) {
        decoder.append(bytes.mid(i, 1));
        QVERIFY(!decoder.next());
        QCOMPARE(decoder.problem(), QString());
    }
    decoder.append(bytes.mid(offset, 1));
    QVERIFY(!decoder.next());
    QVERIFY(!decoder.problem().isEmpty());
}

void TestFrames::comeBeforeTheWrongByte()
{
    FrameDecoder decoder;
    decoder.append(encodeFrame(FrameType::Hello, "good") + "printed by the script\n");
    const std::optional<Frame> frame = decoder.next();
    QVERIFY(frame);
    QCOMPARE(frame->payload, "good");
    QVERIFY(!decoder.next());
    QVERIFY2(decoder.problem().endsWith("It begins with \"printed by the script.\"."), qPrintable(decoder.problem()));
}

void TestFrames::neverComeAfterAProblem()
{
    FrameDecoder decoder;
    decoder.append(with(offsetOfVersion, QByteArray("\0\7", 2)));
    QVERIFY(!decoder.next());
    const QString problem = decoder.problem();
    QVERIFY(!problem.isEmpty());
    for (int i = 0; i < 3; ++i) {
        decoder.append(header());
        QVERIFY(!decoder.next());
        QCOMPARE(decoder.problem(), problem);
    }
}

void TestFrames::mayBeAsLargeAsAllowed()
{
    const QByteArray payload(maximumPayload, 'p');
    FrameDecoder decoder;
    decoder.append(encodeFrame(FrameType::Ended, payload));
    const std::optional<Frame> frame = decoder.next();
    QVERIFY2(frame, qPrintable(decoder.problem()));
    QCOMPARE(frame->payload.size(), maximumPayload);
}

void TestFrames::areQuotedIfTheyAreNone()
{
    FrameDecoder decoder;
    decoder.append("U");
    QVERIFY(!decoder.next());
    decoder.append("sage: frobnicate [file]");
    QVERIFY2(decoder.problem().endsWith("\"Usage: frobnicate [file]\"."), qPrintable(decoder.problem()));
    decoder.append(QByteArray(1000, '!'));
    QVERIFY2(decoder.problem().size() < 200, qPrintable(decoder.problem()));
}

void TestFrames::surviveRandomBytes_data()
{
    QTest::addColumn<int>("kept");

    QTest::newRow("from-the-first-byte") << 0;
    QTest::newRow("from-the-version") << offsetOfVersion;
    QTest::newRow("from-the-type") << offsetOfType;
    QTest::newRow("from-the-length") << offsetOfLength;
    QTest::newRow("from-the-payload") << headerSize;
}

void TestFrames::surviveRandomBytes()
{
    QFETCH(int, kept);

    QRandomGenerator random(1);
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes = encodeFrame(FrameType::Halted, "somewhere").left(kept);
        const int size = random.bounded(100);
        for (int i = 0; i < size; ++i)
            bytes.append(static_cast<char>(random.bounded(256)));

        FrameDecoder decoder;
        qsizetype used = 0;
        while (!bytes.isEmpty()) {
            const int part = random.bounded(1, 8);
            decoder.append(bytes.left(part));
            bytes = bytes.mid(part);
            while (const std::optional<Frame> frame = decoder.next())
                used += headerSize + frame->payload.size();
        }
        QVERIFY(used <= headerSize + size + 9);
    }
}

QTEST_APPLESS_MAIN(TestFrames)

#include "tst_frames.moc"
