// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PAYMENTLOCK_H
#define PAYMENTLOCK_H

#include <QLockFile>

#include <chrono>
#include <mutex>
#include <optional>

// A mutex between processes: a lock file among the data of the application. Like a mutex it also excludes the other threads of its
// process. Each function throws std::runtime_error if the file cannot be made.
class PaymentLock
{
public:
    void lock();
    bool try_lock();
    void unlock();

private:
    bool takeFile(std::chrono::milliseconds patience);

    std::mutex m_amongThreads;
    std::optional<QLockFile> m_file; // while it is held
};

#endif // PAYMENTLOCK_H
