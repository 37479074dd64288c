// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "frame_p.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <iterator>

namespace QSeamstressPrivate {

// A frame: magic, version (2 bytes), type (1), length of the payload (4), payload; numbers in network byte order. Magic and version keep
// their place in every version, so that each version recognises the others. The magic begins with a byte that cannot begin UTF-8.
static constexpr char magic[] = { '\x9d', 'Q', 'S', 'm' };
static constexpr qsizetype versionOffset = std::size(magic);
static constexpr qsizetype typeOffset = versionOffset + 2;
static constexpr qsizetype lengthOffset = typeOffset + 1;
static constexpr qsizetype frameHeaderSize = lengthOffset + 4;
static constexpr FrameType lastType = FrameType::RequestInterruption;

// How many bytes that are not a frame are kept, to be quoted in the message.
static constexpr qsizetype quotedSize = 60;

QByteArray encodeFrame(FrameType type, const QByteArray &payload)
{
    Q_ASSERT_X(payload.size() <= maximumPayload, "encodeFrame", "the receiver rejects a payload of this size");
    QByteArray bytes(frameHeaderSize, Qt::Uninitialized);
    char *header = bytes.data();
    std::copy(std::begin(magic), std::end(magic), header);
    qToBigEndian(protocolVersion, header + versionOffset);
    header[typeOffset] = static_cast<char>(type);
    qToBigEndian(static_cast<quint32>(payload.size()), header + lengthOffset);
    return bytes + payload;
}

void FrameDecoder::append(const QByteArray &bytes)
{
    m_bytes.append(problem().isEmpty() ? bytes : bytes.left(quotedSize - m_bytes.size()));
}

std::optional<Frame> FrameDecoder::next()
{
    if (!problem().isEmpty() || m_bytes.size() < frameHeaderSize)
        return {};
    const char *header = m_bytes.constData();
    const qsizetype length = qFromBigEndian<quint32>(header + lengthOffset);
    if (m_bytes.size() - frameHeaderSize < length)
        return {};

    const Frame frame{ static_cast<FrameType>(header[typeOffset]), QByteArray(header + frameHeaderSize, length) };
    m_bytes.remove(0, frameHeaderSize + length);
    return frame;
}

// Foreign output as one line.
static QString quoted(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    std::replace_if(
        text.begin(), text.end(), [](QChar character) { return !character.isPrint(); }, QChar(u'.'));
    return text;
}

QString FrameDecoder::problem() const
{
    // Check each part as soon as it has arrived: a foreign program may send three bytes and wait forever.
    const char *header = m_bytes.constData();
    const qsizetype size = m_bytes.size();
    if (!std::equal(header, header + std::min(size, versionOffset), magic))
        return QStringLiteral("The output does not come from QSeamstress: the program does not link QSeamstress, or it prints before main(). "
                              "It begins with \"%1\".")
            .arg(quoted(m_bytes.left(quotedSize)));
    if (size < typeOffset)
        return {};
    if (const auto version = qFromBigEndian<quint16>(header + versionOffset); version != protocolVersion)
        return QStringLiteral("The other program uses protocol version %1, this one uses version %2; build both programs against the same version of "
                              "QSeamstress.")
            .arg(version)
            .arg(protocolVersion);
    if (size < lengthOffset)
        return {};
    if (const int type = static_cast<quint8>(header[typeOffset]); type > static_cast<int>(lastType))
        return QStringLiteral("Received corrupt data: there is no message of type %1. Something other than QSeamstress writes to the pipe between the test "
                              "and its child process.")
            .arg(type);
    if (size < frameHeaderSize)
        return {};
    if (const auto length = qFromBigEndian<quint32>(header + lengthOffset); length > maximumPayload)
        return QStringLiteral("Received corrupt data, or a message that is too large: it announces %1 bytes, but at most %2 are allowed.")
            .arg(length)
            .arg(maximumPayload);
    return {};
}

} // namespace QSeamstressPrivate
