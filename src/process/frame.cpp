// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "frame_p.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <iterator>

namespace QSeamstressPrivate {

// A frame: magic, version (2 bytes), type (1), length of the payload (4), payload; numbers in network order. Magic and version stay
// where they are in every version, so that each can say of another what it is. The magic begins with a byte that no text has.
static constexpr char magic[] = { '\x9d', 'Q', 'S', 'm' };
static constexpr qsizetype versionOffset = std::size(magic);
static constexpr qsizetype typeOffset = versionOffset + 2;
static constexpr qsizetype lengthOffset = typeOffset + 1;
static constexpr qsizetype frameHeaderSize = lengthOffset + 4;
static constexpr FrameType lastType = FrameType::RequestInterruption;

// So much of what is no frame is kept, to be quoted.
static constexpr qsizetype quotedSize = 60;

QByteArray encodeFrame(FrameType type, const QByteArray &payload)
{
    Q_ASSERT_X(payload.size() <= maximumPayload, "encodeFrame", "the other side refuses so large a payload");
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

// One line of what a stranger wrote.
static QString quoted(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    std::replace_if(
        text.begin(), text.end(), [](QChar character) { return !character.isPrint(); }, QChar(u'.'));
    return text;
}

QString FrameDecoder::problem() const
{
    // Each part as soon as it is there: a stranger may send three bytes and wait for ever.
    const char *header = m_bytes.constData();
    const qsizetype size = m_bytes.size();
    if (!std::equal(header, header + std::min(size, versionOffset), magic))
        return QStringLiteral("What came is no answer of QSeamstress, so the program is not a test that links it, or prints before main(). "
                              "It begins with \"%1\".")
            .arg(quoted(m_bytes.left(quotedSize)));
    if (size < typeOffset)
        return {};
    if (const auto version = qFromBigEndian<quint16>(header + versionOffset); version != protocolVersion)
        return QStringLiteral("The other side speaks version %1 of the protocol, this side version %2; build both programs against the same "
                              "QSeamstress.")
            .arg(version)
            .arg(protocolVersion);
    if (size < lengthOffset)
        return {};
    if (const int type = static_cast<quint8>(header[typeOffset]); type > static_cast<int>(lastType))
        return QStringLiteral("What came is damaged: there is no message of type %1. Something else writes into the pipe between the test and "
                              "its child process.")
            .arg(type);
    if (size < frameHeaderSize)
        return {};
    if (const auto length = qFromBigEndian<quint32>(header + lengthOffset); length > maximumPayload)
        return QStringLiteral("What came is damaged, or larger than a message may be: %1 bytes are announced, and %2 allowed.")
            .arg(length)
            .arg(maximumPayload);
    return {};
}

} // namespace QSeamstressPrivate
