// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The shared memory that a child process leaves behind, and the errors in it.

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "../../../src/process/errorcodec_p.h"
#include "../../../src/process/errorsegmentheader_p.h"
#include "fuzzing.h"

using namespace QSeamstressPrivate;

static void require(bool condition)
{
    if (!condition)
        std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using Header = ErrorSegment::Header;
    if (size <= sizeof(Header))
        return 0;
    // Exactly the memory that is needed, so that AddressSanitizer reports any byte that is read beyond it.
    const auto memory = std::make_unique<char[]>(size);
    std::memcpy(memory.get(), data, size);
    const auto *header = std::launder(reinterpret_cast<const Header *>(memory.get()));
    const int room = static_cast<int>(size - sizeof(Header));

    const ErrorSegment::Report report = ErrorSegment::read(header, room);
    require(!report.blob || report.blob->size() <= room);
    require(report.neededSize == 0 || report.neededSize > room);
    if (report.blob)
        decodeErrors(*report.blob);
    return 0;
}
