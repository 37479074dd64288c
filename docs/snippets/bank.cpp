// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "bank.h"

//! [pause point]
#include <QSeamstressPausePoint>

void Bank::transfer(int amount)
{
    const std::lock_guard lock(m_mutex);
    m_alice -= amount;
    QSEAMSTRESS_PAUSE_POINT("taken");
    m_bob += amount;
}
//! [pause point]

std::optional<int> Bank::total() const
{
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock)
        return {};
    return m_alice + m_bob;
}
