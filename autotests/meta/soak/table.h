// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TABLE_H
#define TABLE_H

#include <QString>

#include <array>

// Gives this process its own IPC namespace, so that semaphores of other programs are not counted. For root only: otherwise returns
// false, and no semaphores are counted.
bool separateSemaphores();

// The resources that a process owns or has left behind.
struct Resources
{
    enum Kind { Threads,
                Descriptors,
                Memory, // KiB of the heap; 0 if a sanitizer replaces the heap
                Processes,
                Segments,
                Semaphores,
                Files,
                Count };
    std::array<qint64, Count> counts = {};

    // The resources of this process, and of all processes that it has started.
    static Resources current();
    // The same for a process that may have ended: processes with this value of the variable SOAK, shared memory, files in the folder.
    static Resources of(qint64 processId, const QByteArray &mark, const QString &folder);

    // The increase. A few additional blocks of memory are ignored: they are in the caches of the heap.
    static Resources difference(const Resources &before, const Resources &after);
    bool areNone() const;
};

// Print the table, one row at a time.
void printHead();
// note is an optional remark at the end of the row.
void printRow(const QString &what, int count, const Resources &left, const QString &note);

#endif // TABLE_H
