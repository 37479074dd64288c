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
    if (m_problem == NoProblem)
        m_bytes.append(bytes);
    else if (m_problem == NotAFrame && m_bytes.size() < quotedSize)
        m_bytes.append(bytes.left(quotedSize - m_bytes.size()));
}

std::optional<Frame> FrameDecoder::next()
{
    if (m_problem != NoProblem)
        return {};
    m_problem = check();
    if (m_problem != NoProblem) {
        m_bytes = m_bytes.mid(m_taken, m_problem == NotAFrame ? quotedSize : 0);
        m_taken = 0;
        return {};
    }
    const qsizetype size = m_bytes.size() - m_taken;
    if (size < frameHeaderSize)
        return {};
    const char *header = m_bytes.constData() + m_taken;
    const qsizetype length = qFromBigEndian<quint32>(header + lengthOffset);
    if (size - frameHeaderSize < length)
        return {};

    const Frame frame{ static_cast<FrameType>(header[typeOffset]), QByteArray(header + frameHeaderSize, length) };
    m_taken += frameHeaderSize + length;
    dropTaken();
    return frame;
}

FrameDecoder::Problem FrameDecoder::check()
{
    // Each part as soon as it is there: a stranger may send three bytes and wait for ever.
    const char *header = m_bytes.constData() + m_taken;
    const qsizetype size = m_bytes.size() - m_taken;
    if (!std::equal(header, header + std::min(size, versionOffset), magic))
        return NotAFrame;
    if (size < typeOffset)
        return NoProblem;
    m_found = qFromBigEndian<quint16>(header + versionOffset);
    if (m_found != protocolVersion)
        return OtherVersion;
    if (size < lengthOffset)
        return NoProblem;
    m_found = static_cast<quint8>(header[typeOffset]);
    if (m_found > static_cast<quint8>(lastType))
        return UnknownType;
    if (size < frameHeaderSize)
        return NoProblem;
    m_found = qFromBigEndian<quint32>(header + lengthOffset);
    return m_found > static_cast<quint64>(maximumPayload) ? TooLong : NoProblem;
}

void FrameDecoder::dropTaken()
{
    // Moving the rest to the front only when it is the smaller part makes the cost of a byte constant.
    if (m_taken == m_bytes.size())
        m_bytes.clear();
    else if (m_taken > m_bytes.size() / 2)
        m_bytes = m_bytes.mid(m_taken);
    else
        return;
    m_taken = 0;
}

// One line of what a stranger wrote.
static QString quoted(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    for (QChar &character : text) {
        if (!character.isPrint())
            character = u'.';
    }
    return text;
}

QString FrameDecoder::problem() const
{
    switch (m_problem) {
    case NoProblem:
        break;
    case NotAFrame:
        return QStringLiteral("What came is no answer of QSeamstress, so the program is not a test that links it, or prints before main(). "
                              "It begins with \"%1\".")
            .arg(quoted(m_bytes));
    case OtherVersion:
        return QStringLiteral("The other side speaks version %1 of the protocol, this side version %2; build both programs against the same "
                              "QSeamstress.")
            .arg(m_found)
            .arg(protocolVersion);
    case UnknownType:
        return QStringLiteral("What came is damaged: there is no message of type %1. Something else writes into the pipe between the test and "
                              "its child process.")
            .arg(m_found);
    case TooLong:
        return QStringLiteral("What came is damaged, or larger than a message may be: %1 bytes are announced, and %2 allowed.")
            .arg(m_found)
            .arg(maximumPayload);
    }
    return {};
}

} // namespace QSeamstressPrivate
