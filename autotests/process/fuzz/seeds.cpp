// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Writes the initial corpora of the fuzzers into the folders frames and errorsegment of the folder that is its argument.

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../../../src/process/errorsegmentheader_p.h"
#include "../../../src/process/frame_p.h"
#include "../../../src/process/reportframes_p.h"
#include "../../../src/process/startframe_p.h"

#include <QSeamstressThread>

#include <stdexcept>

#include "../../../src/process/errorcodec_p.h"

using namespace QSeamstressPrivate;

static QDir folder;

static void write(const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    if (!folder.mkpath(QFileInfo(file).path()) || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(file.fileName()), qPrintable(file.errorString()));
        std::exit(1);
    }
}

static void writeFrames(const char *name, const QByteArray &frames)
{
    write(QStringLiteral("frames/%1-whole").arg(QLatin1String(name)), '\xff' + frames);
    write(QStringLiteral("frames/%1-in-pieces").arg(QLatin1String(name)), '\0' + frames);
}

static void writeHalts()
{
    const QVariant values[] = {
        {},
        42,
        1.5,
        QStringLiteral("text"),
        QByteArray("bytes"),
        QStringList{ QStringLiteral("a"), QStringLiteral("b") },
        QVariantList{ 1, QStringLiteral("two"), QVariantList{ true } },
        QVariantMap{ { QStringLiteral("one"), 1 }, { QStringLiteral("inner"), QVariantMap{ { QStringLiteral("two"), 2 } } } },
        QVariantHash{ { QStringLiteral("one"), 1 } },
        QDateTime(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC),
        QUrl(QStringLiteral("https://example.org/a?b#c")),
        QRegularExpression(QStringLiteral("a+")),
        QJsonObject{ { QStringLiteral("a"), 1 } },
        QVariant::fromValue(Qt::AlignRight),
    };
    int number = 0;
    for (const QVariant &value : values) {
        const QByteArray frame = encodeFrame(FrameType::Halted, HaltedFrame{ QStringLiteral("here"), value, 1 }.encode());
        writeFrames(qPrintable(QStringLiteral("halted-%1").arg(++number)), frame);
    }
}

static void writeSegment(const char *name, ErrorSegment::Header::State state, const QByteArray &blob)
{
    QByteArray bytes(sizeof(ErrorSegment::Header), '\0');
    auto *header = new (bytes.data()) ErrorSegment::Header{};
    header->magic = ErrorSegment::Header::expectedMagic;
    header->version = protocolVersion;
    header->state = state;
    header->signal = 11;
    header->usedSize = static_cast<quint32>(blob.size());
    header->neededSize = 4711;
    header->fatalText.current = 1;
    header->fatalText.copies[0].size = 4;
    std::memcpy(header->fatalText.copies[0].bytes, "text", 4);
    header->point.current = 2;
    header->point.copies[1].size = 5;
    std::memcpy(header->point.copies[1].bytes, "point", 5);
    write(QStringLiteral("errorsegment/%1").arg(QLatin1String(name)), bytes + blob);
}

// The errors of a script that throws the exception.
template <class Exception>
static QByteArray errorsOf(const Exception &exception)
{
    QSeamstressThread thread([exception]() -> QSeamstressScript {
        co_yield QSeamstress::Pause();
        throw exception;
    });
    const bool isDone = thread.enter() && thread.exit();
    return isDone ? QByteArray() : encodeErrors(thread.errors());
}

int main(int argc, char *argv[])
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: seeds FOLDER\n");
        return 2;
    }
    folder.setPath(QFile::decodeName(argv[1]));

    StartFrame start;
    start.scriptKey = "/usr/bin/tst_pay+4711";
    start.arguments = "arguments";
    start.configProperties = packProperties({ { QStringLiteral("file"), QStringLiteral("/tmp/lock") }, { QStringLiteral("count"), 3 } });
    start.target = { Target::NamedPoint, QStringLiteral("locked") };
    start.segmentSize = 65536;
    const QByteArray target = TargetFrame{ { Target::End, {} }, 2 }.encode();
    writeFrames("start", encodeFrame(FrameType::Start, start.encode()) + encodeFrame(FrameType::LetGo, target) + encodeFrame(FrameType::Retarget, target)
                    + encodeFrame(FrameType::Cancel, CancelFrame{ QStringLiteral("given up") }.encode()) + encodeFrame(FrameType::RequestInterruption, {}));
    writeFrames("reports", encodeFrame(FrameType::Hello, {}) + encodeFrame(FrameType::Reached, ReachedFrame{ QStringLiteral("here"), true }.encode())
                    + encodeFrame(FrameType::Ended, {}));
    writeFrames("stranger", "********* Start testing of TestPay *********\n");
    writeHalts();

    using Header = ErrorSegment::Header;
    writeSegment("nothing", Header::Empty, {});
    writeSegment("too-large", Header::TooLarge, "x");
    writeSegment("runtime-error", Header::Written, errorsOf(std::runtime_error("no money")));
    writeSegment("out-of-range", Header::Written, errorsOf(std::out_of_range("far out")));
    writeSegment("number", Header::Written, errorsOf(5));
    writeSegment("several", Header::Written, errorsOf(QSeamstressException(QSeamstressError())) + errorsOf(QStringLiteral("text")));
    return 0;
}
