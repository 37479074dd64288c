// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CHILDCHANNEL_P_H
#define CHILDCHANNEL_P_H

#include <mutex>
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

    void send(FrameType type, const QByteArray &payload = {}); // from any thread
    bool isConnected(int milliseconds) const; // waits so long for the test to go
    std::optional<Frame> receive(); // waits; nothing once the test is gone, or says what cannot be understood

private:
    std::mutex m_mutex;
    FrameDecoder m_decoder;
    int m_input = -1;
    int m_output = -1;
};

} // namespace QSeamstressPrivate

#endif // CHILDCHANNEL_P_H
