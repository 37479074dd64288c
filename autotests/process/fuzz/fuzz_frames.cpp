// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A stream of frames, in pieces, and the payloads of the frames. The first byte is the size of the pieces.

#include <algorithm>
#include <cstdlib>

#include "../../../src/process/frame_p.h"
#include "../../../src/process/payload_p.h"
#include "../../../src/process/reportframes_p.h"
#include "../../../src/process/startframe_p.h"
#include "fuzzing.h"

using namespace QSeamstressPrivate;

static void require(bool condition)
{
    if (!condition)
        std::abort();
}

static void decode(const Frame &frame)
{
    switch (frame.type) {
    case FrameType::Start:
        if (const std::optional<StartFrame> start = StartFrame::decode(frame.payload)) {
            unpackProperties(start->configProperties);
            require(StartFrame::decode(start->encode()).has_value());
        }
        break;
    case FrameType::Reached:
        if (const std::optional<ReachedFrame> reached = ReachedFrame::decode(frame.payload))
            require(ReachedFrame::decode(reached->encode()).has_value());
        break;
    case FrameType::Halted:
        if (const std::optional<HaltedFrame> halted = HaltedFrame::decode(frame.payload)) {
            require(halted->lostType.isEmpty() || !halted->value.isValid());
            unstreamable(halted->value);
        }
        break;
    case FrameType::LetGo:
    case FrameType::Retarget:
        if (const std::optional<TargetFrame> target = TargetFrame::decode(frame.payload))
            require(TargetFrame::decode(target->encode()).has_value());
        break;
    case FrameType::Cancel:
        CancelFrame::decode(frame.payload);
        break;
    case FrameType::Hello:
    case FrameType::Ended:
    case FrameType::RequestInterruption:
        break;
    }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const qsizetype step = data[0] + 1;
    const QByteArray bytes(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    FrameDecoder decoder;
    for (qsizetype i = 0; i < bytes.size(); i += step) {
        decoder.append(bytes.mid(i, step));
        const bool hadProblem = !decoder.problem().isEmpty();
        while (const std::optional<Frame> frame = decoder.next()) {
            require(!hadProblem);
            decode(*frame);
        }
    }
    return 0;
}
