// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a test and its child process say to each other over two pipes: frames, one after the other.

#ifndef FRAME_P_H
#define FRAME_P_H

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <optional>

namespace QSeamstressPrivate {

// Goes up with every change to a frame or to the shared memory, from the first release on.
constexpr quint16 protocolVersion = 1;

enum class FrameType : quint8 { Start,
                                Hello,
                                Reached,
                                Halted,
                                Ended,
                                LetGo,
                                Retarget,
                                Cancel,
                                RequestInterruption };

struct Frame
{
    FrameType type = FrameType::Start;
    QByteArray payload;
};

constexpr qsizetype maximumPayload = 64 * 1024 * 1024;

// The payload must not be larger than maximumPayload: the other side would refuse it.
QByteArray encodeFrame(FrameType type, const QByteArray &payload);

// Takes a stream of bytes apart, from whoever it comes. Holds what came and is no whole frame yet, never what is only announced.
class FrameDecoder
{
public:
    void append(const QByteArray &bytes);
    // The next whole frame. After a problem there is none, ever.
    std::optional<Frame> next();
    // What is wrong with what came behind the last frame, as a sentence; empty if nothing is.
    QString problem() const;

private:
    QByteArray m_bytes; // from the first that belongs to no frame yet
};

} // namespace QSeamstressPrivate

#endif // FRAME_P_H
