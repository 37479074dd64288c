// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The pages of code and constants that the children of a fork server use, kept where they do not have to look for them.
//
// fork() leaves out the page tables of files (Linux, mm/memory.c, vma_needs_copy()). So a child finds each page anew, by a fault, of which
// it has about 150; each maps fifteen more pages around it (do_fault_around()), and the end of the process unmaps them all. That is a
// fifth of what a process costs. But a page that its process has written to is a copy of its own, which fork() shares with the child.

#ifndef HOTPAGES_P_H
#define HOTPAGES_P_H

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace QSeamstressPrivate {

class HotPages
{
public:
    HotPages(); // of the program and its libraries as they are loaded now

    // In the server, which has one thread. One child is to tell, if true: look() in there, and tellOfEnd() once it has ended.
    bool wantsToKnow();
    void tellOfEnd();

    // In that child, before anything else: when it ends, what it has used is known.
    void look() const;

private:
    struct Range
    {
        std::uintptr_t begin;
        std::uintptr_t end;
    };
    // What a child tells, in memory that it shares with the server.
    struct Used
    {
        std::atomic<std::size_t> count = 0;
        std::array<std::uintptr_t, 4096> pages;
    };

    template <class Function>
    static void visit(const std::vector<Range> &ranges, Function function);
    static void splitIntoPages(const std::vector<Range> &ranges);
    static void findUsed(const std::vector<Range> &ranges, Used &used);
    static void addPage(std::vector<Range> &ranges, std::uintptr_t page); // none before the last
    static void copy(const std::uintptr_t *pages, std::size_t count);
    void forgetFilePages() const;

    std::vector<Range> m_segments; // of code and constants
    std::vector<Range> m_neighbourhoods; // of the pages that a first child has used
    int m_children = 0;
    int m_looks = 0;
    Used *m_used = nullptr; // while a child looks
};

} // namespace QSeamstressPrivate

#endif // HOTPAGES_P_H
