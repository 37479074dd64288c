// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PRICELIST_H
#define PRICELIST_H

#include <QSeamstressPausePoint>

#include <shared_mutex>

// Prices that many threads read and few threads write.
class PriceList
{
public:
    int net() const
    {
        const std::shared_lock lock(m_mutex);
        return m_net;
    }
    int gross() const
    {
        const std::shared_lock lock(m_mutex);
        QSEAMSTRESS_PAUSE_POINT("reading");
        return m_gross;
    }
    void set(int net, int gross)
    {
        const std::unique_lock lock(m_mutex);
        m_net = net;
        QSEAMSTRESS_PAUSE_POINT("half written");
        m_gross = gross;
    }
    const std::shared_mutex *mutex() const { return &m_mutex; }

private:
    mutable std::shared_mutex m_mutex;
    int m_net = 100;
    int m_gross = 119;
};

#endif // PRICELIST_H
