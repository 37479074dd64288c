// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "hotpages_p.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include "descriptor_p.h"

namespace QSeamstressPrivate {

// What it costs to know them, a dozen milliseconds in all, comes back after as many children again.
static constexpr int childrenBefore = 50;
// Two are enough, but one of a child that does not end by exit() tells nothing.
static constexpr int mostLooks = 4;
static constexpr std::size_t mostCopies = 1024;

static std::uintptr_t pageSize()
{
    static const auto size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    return size;
}

HotPages::HotPages()
{
    const auto addSegments = [](dl_phdr_info *object, std::size_t, void *data) {
        auto &ranges = *static_cast<std::vector<Range> *>(data);
        // The program has no name; the code that the kernel gives to each process has one without a path.
        const bool isFile = object->dlpi_name[0] == '\0' || std::strchr(object->dlpi_name, '/');
        for (int i = 0; isFile && i < object->dlpi_phnum; ++i) {
            const ElfW(Phdr) &segment = object->dlpi_phdr[i];
            if (segment.p_type != PT_LOAD || segment.p_flags & PF_W)
                continue;
            const std::uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
            ranges.push_back({ begin / pageSize() * pageSize(), (begin + segment.p_memsz + pageSize() - 1) / pageSize() * pageSize() });
        }
        return 0;
    };
    ::dl_iterate_phdr(addSegments, &m_segments);
}

bool HotPages::wantsToKnow()
{
    if (++m_children < childrenBefore || m_looks == mostLooks || m_used)
        return false;
    ++m_looks;
    void *const memory = ::mmap(nullptr, sizeof(Used), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    m_used = memory == MAP_FAILED ? nullptr : new (memory) Used;
    return m_used;
}

void HotPages::look() const
{
    if (!m_neighbourhoods.empty())
        splitIntoPages(m_neighbourhoods);
    // As this comes before main(), it is called after the destructors of all libraries, which exit() calls by a function of that kind.
    struct Look
    {
        std::vector<Range> ranges;
        Used *used;
        pid_t process;
    };
    const auto tell = [](int, void *data) {
        const auto *const look = static_cast<Look *>(data);
        if (look->process == ::getpid())
            findUsed(look->ranges, *look->used);
    };
    ::on_exit(tell, new Look{ m_neighbourhoods.empty() ? m_segments : m_neighbourhoods, m_used, ::getpid() });
}

// A fault maps only what is in the same mapping: so each page becomes one of its own, by advice that does nothing else here.
void HotPages::splitIntoPages(const std::vector<Range> &ranges)
{
    for (const Range &range : ranges) {
        for (std::uintptr_t page = range.begin; page < range.end; page += 2 * pageSize())
            ::madvise(reinterpret_cast<void *>(page), pageSize(), MADV_RANDOM);
    }
}

// What the system tells of a page (Documentation/admin-guide/mm/pagemap.rst).
static constexpr std::uint64_t isPresent = std::uint64_t(1) << 63;
static constexpr std::uint64_t isOfFile = std::uint64_t(1) << 61;

// Calls that with each page of this process, and what the system tells of it.
template <class Function>
void HotPages::visit(const std::vector<Range> &ranges, Function function)
{
    const Descriptor map(::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC));
    std::vector<std::uint64_t> entries;
    for (const Range &range : ranges) {
        entries.assign((range.end - range.begin) / pageSize(), 0);
        const auto place = static_cast<off_t>(range.begin / pageSize() * sizeof(std::uint64_t));
        static_cast<void>(!::pread(map.number(), entries.data(), entries.size() * sizeof(std::uint64_t), place));
        for (std::size_t i = 0; i < entries.size(); ++i)
            function(range.begin + i * pageSize(), entries[i]);
    }
}

void HotPages::addPage(std::vector<Range> &ranges, std::uintptr_t page)
{
    if (ranges.empty() || ranges.back().end != page)
        ranges.push_back({ page, page });
    ranges.back().end += pageSize();
}

void HotPages::findUsed(const std::vector<Range> &ranges, Used &used)
{
    std::size_t count = 0;
    visit(ranges, [&](std::uintptr_t page, std::uint64_t entry) {
        if (entry & isPresent && count < used.pages.size())
            used.pages[count++] = page;
    });
    used.count = count;
}

void HotPages::tellOfEnd()
{
    const std::size_t count = std::min(m_used->count.load(), m_used->pages.size());
    if (count > 0 && !m_neighbourhoods.empty()) {
        copy(m_used->pages.data(), std::min(count, mostCopies));
        forgetFilePages();
        m_looks = mostLooks;
    } else {
        for (std::size_t i = 0; i < count; ++i)
            addPage(m_neighbourhoods, m_used->pages[i]);
    }
    ::munmap(m_used, sizeof(Used));
    m_used = nullptr;
}

// By writing to each what is there, which this file allows for pages that may only be read. Where it does not, nothing is lost.
void HotPages::copy(const std::uintptr_t *pages, std::size_t count)
{
    const Descriptor memory(::open("/proc/self/mem", O_RDWR | O_CLOEXEC));
    for (std::size_t i = 0; i < count; ++i) {
        const auto place = static_cast<off_t>(pages[i]);
        char byte = 0;
        if (::pread(memory.number(), &byte, 1, place) != 1 || ::pwrite(memory.number(), &byte, 1, place) != 1)
            return;
    }
}

// Of mappings with copies, fork() copies all page tables: so no more is to be in them. What is left out is found again.
void HotPages::forgetFilePages() const
{
    std::vector<Range> ranges;
    visit(m_segments, [&ranges](std::uintptr_t page, std::uint64_t entry) {
        if (entry & isPresent && entry & isOfFile)
            addPage(ranges, page);
    });
    for (const Range &range : ranges)
        ::madvise(reinterpret_cast<void *>(range.begin), range.end - range.begin, MADV_DONTNEED);
}

} // namespace QSeamstressPrivate
