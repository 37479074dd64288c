// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "anonymousmemory_p.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace QSeamstressPrivate {

#ifdef QSEAMSTRESS_WITHOUT_MEMFD
AnonymousMemory AnonymousMemory::create(qint64)
{
    return {};
}
#else
AnonymousMemory AnonymousMemory::create(qint64 bytes)
{
    Descriptor descriptor(::memfd_create("QSeamstress", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!descriptor.isOpen() || ::ftruncate(descriptor.number(), bytes) != 0)
        return {};
    // Who has less of it than it thinks is killed.
    ::fcntl(descriptor.number(), F_ADD_SEALS, F_SEAL_SHRINK);
    return map(std::move(descriptor));
}
#endif

AnonymousMemory AnonymousMemory::map(Descriptor descriptor)
{
    struct stat status = {};
    if (::fstat(descriptor.number(), &status) != 0)
        return {};
    const auto bytes = static_cast<std::size_t>(status.st_size);
    void *const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor.number(), 0);
    if (memory == MAP_FAILED)
        return {};
    return { std::move(descriptor), std::shared_ptr<void>(memory, [bytes](void *memory) { ::munmap(memory, bytes); }), static_cast<qint64>(bytes) };
}

} // namespace QSeamstressPrivate
