// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <QSeamstressPausePoint>

#include <atomic>

//! [account]
// Several threads may deposit. The bug: a deposit between the read and the write of another one is lost.
class Account
{
public:
    int balance() const { return m_balance; }
    void deposit(int amount)
    {
        const int balance = m_balance;
        QSEAMSTRESS_PAUSE_POINT("read");
        m_balance = balance + amount;
    }

private:
    std::atomic<int> m_balance = 0;
};
//! [account]

// The fix: write only if the balance is still the one that was read, otherwise try again.
class SafeAccount
{
public:
    int balance() const { return m_balance; }
    void deposit(int amount)
    {
        int balance = m_balance;
        do {
            QSEAMSTRESS_PAUSE_POINT("read");
        } while (!m_balance.compare_exchange_strong(balance, balance + amount));
    }

private:
    std::atomic<int> m_balance = 0;
};

#endif // ACCOUNT_H
