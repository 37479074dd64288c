// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CHILDCHANNEL_P_H
#define CHILDCHANNEL_P_H

#include <optional>

#include "frame_p.h"

namespace QSeamstressPrivate {

// The child's ends of the pipes to its test: its standard input and output, which are taken away from the program before that can
// read or print anything. From then on it reads from nowhere, and prints where it prints its errors.
class ChildChannel
{
public:
    ChildChannel();
    Q_DISABLE_COPY_MOVE(ChildChannel)

    void send(FrameType type, const QByteArray &payload = {});
    void sendLater(FrameType type, const QByteArray &payload); // with the next, so that the test wakes up once
    bool isConnected(int milliseconds) const; // waits so long for the test to go, -1 if for ever
    enum class Wait { Yes, No };
    std::optional<Frame> receive(Wait wait); // nothing once it isOver(), or if it is not to wait and nothing has come
    bool isOver() const { return m_isOver; } // nothing comes any more: the test is gone, or says what cannot be understood
    int input() const { return m_input; } // the descriptor, to wait for

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
