// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PAYMENTLOCK_H
#define PAYMENTLOCK_H

#include <QLockFile>

#include <chrono>
#include <mutex>
#include <optional>

// A mutex between processes: a lock file in the data folder of the application. It also excludes the other threads of its own process.
// lock() and try_lock() throw std::runtime_error if the file cannot be created.
class PaymentLock
{
public:
    void lock();
    bool try_lock();
    void unlock();

private:
    bool takeFile(std::chrono::milliseconds patience);

    std::mutex m_amongThreads;
    std::optional<QLockFile> m_file; // set while the lock is held
};

#endif // PAYMENTLOCK_H
