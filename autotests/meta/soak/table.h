// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TABLE_H
#define TABLE_H

#include <QString>

#include <array>

// Gives this process semaphores and shared memory of its own, so that none of other programs are counted. For root only: else false, and
// no semaphores are counted at all.
bool separateSemaphores();

// What a process has, or what of it is left.
struct Resources
{
    enum Kind { Threads,
                Descriptors,
                Memory, // KiB of the heap; 0 where a sanitizer has its own
                Processes,
                Segments,
                Semaphores,
                Files,
                Count };
    std::array<qint64, Count> counts = {};

    // Of this process and of all that it has started, with what they have in the system.
    static Resources current();
    // Of a process that may be gone: what was started with this value of the variable SOAK, made shared memory, and wrote into the folder.
    static Resources of(qint64 processId, const QByteArray &mark, const QString &folder);

    // What there is more of. Some blocks of memory more or less lie in the caches of the heap.
    static Resources difference(const Resources &before, const Resources &after);
    bool areNone() const;
};

// Prints the table, a row at a time.
void printHead();
// note: what else is to be said of the row; empty if nothing.
void printRow(const QString &what, int count, const Resources &left, const QString &note);

#endif // TABLE_H
