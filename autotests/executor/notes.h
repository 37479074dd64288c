// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a script tells its test, and what a test tells its script, beside pause points. Each copy is the same thing.

#ifndef NOTES_H
#define NOTES_H

#include <QStringList>

#include <atomic>
#include <memory>

// How many there are of something: scripts count at the same time.
class CountInMemory
{
public:
    void up() const { ++*m_count; }
    void down() const { --*m_count; }
    int value() const { return *m_count; }

private:
    std::shared_ptr<std::atomic<int>> m_count = std::make_shared<std::atomic<int>>(0);
};

// Both without a lock, so that ThreadSanitizer sees where a verb fails to order what test and script do.

class NotesInMemory
{
public:
    void append(const QString &note) const { m_notes->append(note); }
    QStringList all() const { return *m_notes; }

private:
    std::shared_ptr<QStringList> m_notes = std::make_shared<QStringList>();
};

class FlagInMemory
{
public:
    void set(bool on) const { *m_on = on; }
    bool isSet() const { return *m_on; }

private:
    std::shared_ptr<bool> m_on = std::make_shared<bool>(false);
};

#endif // NOTES_H
