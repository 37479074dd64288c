// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "paymentlock.h"

#include "payindividual.h"

#include <stdexcept>

using namespace std::chrono_literals;

static constexpr std::chrono::milliseconds forEver = -1ms;

void PaymentLock::lock()
{
    std::unique_lock lock(m_amongThreads);
    takeFile(forEver);
    lock.release(); // stays locked until unlock()
}

bool PaymentLock::try_lock()
{
    std::unique_lock lock(m_amongThreads, std::try_to_lock);
    if (!lock.owns_lock() || !takeFile(0ms))
        return false;
    lock.release();
    return true;
}

void PaymentLock::unlock()
{
    m_file.reset();
    m_amongThreads.unlock();
}

bool PaymentLock::takeFile(std::chrono::milliseconds patience)
{
    m_file.emplace(paymentFolder().filePath("payments.lock"));
    m_file->setStaleLockTime(0); // not stale, however long it is held
    if (m_file->tryLock(static_cast<int>(patience.count())))
        return true;
    const QLockFile::LockError error = m_file->error();
    m_file.reset();
    if (error != QLockFile::LockFailedError)
        throw std::runtime_error("cannot create the lock file in " + paymentFolder().path().toStdString());
    return false;
}
