// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef BANK_H
#define BANK_H

#include <mutex>
#include <optional>

// Production code with a pause point. The documentation shows how to test it.
class Bank
{
public:
    void transfer(int amount);
    // No value while a transfer is in progress.
    std::optional<int> total() const;

private:
    mutable std::mutex m_mutex;
    int m_alice = 100;
    int m_bob = 0;
};

#endif // BANK_H
