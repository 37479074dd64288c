// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CHILDCHANNEL_P_H
#define CHILDCHANNEL_P_H

#include <optional>

#include "frame_p.h"

namespace QSeamstressPrivate {

// The child's ends of the pipes to its test: its standard input and output, which the constructor takes away before the program reads or
// prints anything. From then on the program's standard input is empty, and its standard output goes to standard error.
class ChildChannel
{
public:
    ChildChannel();
    Q_DISABLE_COPY_MOVE(ChildChannel)

    void send(FrameType type, const QByteArray &payload = {});
    void sendLater(FrameType type, const QByteArray &payload); // together with the next frame, so that the test wakes up only once
    bool isConnected(int milliseconds) const; // waits up to that long for the test to go away; -1: forever
    enum class Wait { Yes, No };
    std::optional<Frame> receive(Wait wait); // empty once isOver(), or if Wait::No and there is no frame
    bool isOver() const { return m_isOver; } // no more frames: the test is gone, or sent an invalid frame
    int input() const { return m_input; } // the file descriptor to wait for

private:
    bool hasInput() const;
    void read();
    qint64 write(const char *bytes, qsizetype size);

    QByteArray m_unsent;
    FrameDecoder m_decoder;
    bool m_isOver = false;
    int m_input = -1;
    int m_output = -1;
};

} // namespace QSeamstressPrivate

#endif // CHILDCHANNEL_P_H
