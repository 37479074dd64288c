// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "exacttimers_p.h"

#include <QtCore/QAbstractEventDispatcher>
#include <QtCore/QThread>

#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <memory>

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

#include "clocks_p.h"
#include "thisthread_p.h"

namespace QSeamstressScheduler {

namespace {

#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
using Dispatcher = QAbstractEventDispatcherV2;
using Member = void (Dispatcher::*)(Qt::TimerId, Dispatcher::Duration, Qt::TimerType, QObject *);
#else
using Dispatcher = QAbstractEventDispatcher;
using Member = void (Dispatcher::*)(int, qint64, Qt::TimerType, QObject *);
#endif
// What that virtual function is to its caller. Duration is passed as its only member.
using Function = void (*)(QAbstractEventDispatcher *, int, qint64, Qt::TimerType, QObject *);

// A class of event dispatchers, whose table of virtual functions has ours in one place.
struct DispatcherClass
{
    std::atomic<const void *> table = nullptr;
    std::atomic<Function> original = nullptr;
};
std::array<DispatcherClass, 16> classes;

void registerExactTimer(QAbstractEventDispatcher *dispatcher, int id, qint64 interval, Qt::TimerType type, QObject *object)
{
    const void *const table = *reinterpret_cast<const void *const *>(dispatcher);
    for (const DispatcherClass &each : classes) {
        if (each.table == table)
            return each.original.load()(dispatcher, id, interval, Clocks::areVirtualForThisThread() ? Qt::PreciseTimer : type, object);
    }
}

// The place of the function in the table: Itanium C++ ABI, 2.3, member function pointers. The 64-bit ARM ABI has its mark in the second word.
std::ptrdiff_t offsetInTable()
{
    struct Words
    {
        std::ptrdiff_t first;
        std::ptrdiff_t second;
    };
    static_assert(sizeof(Words) == sizeof(Member));
    const Member member = &Dispatcher::registerTimer;
    return std::bit_cast<Words>(member).first & ~std::ptrdiff_t(1);
}

bool makeExact(QAbstractEventDispatcher *dispatcher)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    if (!dynamic_cast<Dispatcher *>(dispatcher))
        return false;
#endif
    char *const table = *reinterpret_cast<char **>(dispatcher);
    auto *const slot = reinterpret_cast<Function *>(table + offsetInTable());
    if (*slot == &registerExactTimer)
        return true;
    // Only if it is what it is expected to be.
    Dl_info function;
    if (!::dladdr(reinterpret_cast<void *>(*slot), &function) || !function.dli_sname || !std::strstr(function.dli_sname, "registerTimer"))
        return false;
    for (DispatcherClass &each : classes) {
        if (each.table)
            continue;
        each.original = *slot;
        each.table = table;
        // Read-only since the program was loaded. It stays writable.
        const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
        const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(slot) / page * page;
        if (::mprotect(reinterpret_cast<void *>(begin), reinterpret_cast<std::uintptr_t>(slot + 1) - begin, PROT_READ | PROT_WRITE) != 0)
            return false;
        *slot = &registerExactTimer;
        return true;
    }
    return false;
}

} // namespace

QString makeTimersExact()
{
    const RealSection inRealTime;
    static const QString ofOtherThreads = [] {
        QString coarse;
        const std::unique_ptr<QThread> thread(QThread::create([&coarse] {
            QAbstractEventDispatcher *const dispatcher = QAbstractEventDispatcher::instance();
            if (!makeExact(dispatcher))
                coarse = QString::fromLatin1(dispatcher->metaObject()->className());
        }));
        thread->start();
        thread->wait();
        return coarse;
    }();
    QAbstractEventDispatcher *const own = QAbstractEventDispatcher::instance();
    return !own || makeExact(own) ? ofOtherThreads : QString::fromLatin1(own->metaObject()->className());
}

} // namespace QSeamstressScheduler
