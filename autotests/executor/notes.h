// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How a script and its test exchange data other than by pause points. All copies share their state.

#ifndef NOTES_H
#define NOTES_H

#include <QStringList>

#include <atomic>
#include <memory>

// A counter that several scripts may change at the same time.
class CountInMemory
{
public:
    void up() const { ++*m_count; }
    void down() const { --*m_count; }
    int value() const { return *m_count; }

private:
    std::shared_ptr<std::atomic<int>> m_count = std::make_shared<std::atomic<int>>(0);
};

// Neither takes a lock, so that ThreadSanitizer reports a verb that does not synchronise the test with its script.

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
