// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ERRORSEGMENTHEADER_P_H
#define ERRORSEGMENTHEADER_P_H

#include <array>
#include <atomic>

#include "../base/whereabouts_p.h"
#include "errorsegment_p.h"

namespace QSeamstressPrivate {

// A text in the memory. A new text goes into the copy that is not current, so a process that dies while writing leaves the last one intact.
template <quint32 Capacity>
struct NotedText
{
    struct Copy
    {
        std::atomic<quint32> size;
        char bytes[Capacity];
    };
    std::atomic<quint32> current; // the number of the copy from 1; 0 if there is none
    Copy copies[2];
};

// The start of the memory; the errors follow. Both programs are built for the same machine, see protocolVersion.
struct ErrorSegment::Header
{
    enum State : quint32 { Empty,
                           Written,
                           TooLarge };
    static constexpr quint32 expectedMagic = 0x9d51536d;

    std::atomic<quint32> magic;
    std::atomic<quint32> version;
    std::atomic<quint32> state;
    std::atomic<qint32> signal;
    std::atomic<quint32> usedSize;
    std::atomic<quint64> neededSize;
    Whereabouts whereabouts;
    NotedText<1024> fatalText;
    NotedText<256> point;
    NotedText<256> pointInside;

    char *errors() { return reinterpret_cast<char *>(this + 1); }
    const char *errors() const { return reinterpret_cast<const char *>(this + 1); }
};

// Lock-free atomics work between processes and in signal handlers.
static_assert(std::atomic<quint32>::is_always_lock_free && std::atomic<quint64>::is_always_lock_free);

} // namespace QSeamstressPrivate

#endif // ERRORSEGMENTHEADER_P_H
