// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef BANK_H
#define BANK_H

#include <mutex>
#include <optional>

// Production code with a pause point in it, which the documentation shows how to test.
class Bank
{
public:
    void transfer(int amount);
    // Nothing while a transfer is under way.
    std::optional<int> total() const;

private:
    mutable std::mutex m_mutex;
    int m_alice = 100;
    int m_bob = 0;
};

#endif // BANK_H
