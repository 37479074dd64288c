// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The protocol between a test and its child process: a sequence of frames over two pipes.

#ifndef FRAME_P_H
#define FRAME_P_H

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <optional>

namespace QSeamstressPrivate {

// Incremented with every change to a frame or to the shared memory, starting with the first release.
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

// The payload must not be larger than maximumPayload: the receiver would reject it.
QByteArray encodeFrame(FrameType type, const QByteArray &payload);

// Splits an untrusted stream of bytes into frames. Buffers only bytes that have arrived, however large a length is announced.
class FrameDecoder
{
public:
    void append(const QByteArray &bytes);
    // The next complete frame. Once there is a problem, there are no more frames.
    std::optional<Frame> next();
    // What is wrong with the bytes after the last frame, as a sentence; empty if nothing is wrong.
    QString problem() const;

private:
    QByteArray m_bytes; // those after the last complete frame
};

} // namespace QSeamstressPrivate

#endif // FRAME_P_H
