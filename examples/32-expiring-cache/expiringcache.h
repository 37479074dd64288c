// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXPIRINGCACHE_H
#define EXPIRINGCACHE_H

#include <QHash>
#include <QString>

#include <chrono>

// A cache of texts, such as the answers of a server. Each entry expires ten minutes after it was inserted.
//
// Clock is the clock of the entries. With the wall clock of the system, they live longer if the user or the network sets it back.
template <class Clock = std::chrono::steady_clock>
class ExpiringCache
{
public:
    static constexpr std::chrono::minutes lifetime{ 10 };

    void insert(const QString &key, const QString &text) { m_entries.insert(key, { text, Clock::now() + lifetime }); }
    // Null if there is no such entry, or if it has expired.
    QString value(const QString &key) const
    {
        const auto entry = m_entries.constFind(key);
        return entry == m_entries.cend() || isExpired(*entry) ? QString() : entry->text;
    }
    void removeExpired()
    {
        m_entries.removeIf([](const auto &entry) { return isExpired(entry.value()); });
    }
    qsizetype size() const { return m_entries.size(); }

private:
    struct Entry
    {
        QString text;
        typename Clock::time_point expires;
    };
    static bool isExpired(const Entry &entry) { return Clock::now() >= entry.expires; }

    QHash<QString, Entry> m_entries;
};

#endif // EXPIRINGCACHE_H
