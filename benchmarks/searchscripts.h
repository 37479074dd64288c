// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What the programs of this benchmark are made of.

#ifndef SEARCHSCRIPTS_H
#define SEARCHSCRIPTS_H

#include <QSeamstressExplorer>
#include <QSeamstressPausePoint>
#include <QSeamstressScript>

#include <QList>
#include <QString>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <type_traits>

#include "searchprograms.h"

// Scripts pause before they lock or unlock it.
class Lock
{
public:
    explicit Lock(const char *name)
        : m_name(name)
    {
    }

    void lock()
    {
        QSEAMSTRESS_PAUSE_POINT(m_name);
        m_mutex.lock();
    }
    void unlock()
    {
        QSEAMSTRESS_PAUSE_POINT(m_name);
        m_mutex.unlock();
    }

private:
    const char *m_name;
    std::mutex m_mutex;
};

// Scripts pause before they read or write it.
class Variable
{
public:
    explicit Variable(const char *name, int value = 0)
        : m_name(name)
        , m_value(value)
    {
    }
    Q_DISABLE_COPY_MOVE(Variable)

    operator int() const
    {
        QSEAMSTRESS_PAUSE_POINT(m_name);
        return m_value;
    }
    Variable &operator=(int value)
    {
        QSEAMSTRESS_PAUSE_POINT(m_name);
        m_value = value;
        return *this;
    }
    // Reads it, then writes it.
    Variable &operator+=(int value) { return *this = *this + value; }

private:
    const char *m_name;
    int m_value;
};

// The elements count as one variable.
template <int size>
class Array
{
public:
    explicit Array(const char *name)
        : m_name(name)
    {
    }

    int at(int index) const
    {
        QSEAMSTRESS_PAUSE_POINT(m_name);
        return m_values.at(static_cast<std::size_t>(index));
    }
    void set(int index, int value)
    {
        QSEAMSTRESS_PAUSE_POINT(m_name);
        m_values.at(static_cast<std::size_t>(index)) = value;
    }

private:
    const char *m_name;
    std::array<int, size> m_values{};
};

// The state of an order.
struct Program
{
    // An assertion of the original.
    void require(bool isTrue) { isCorrect = isCorrect && isTrue; }

    bool isCorrect = true;
};

template <class State, class Result>
struct Script
{
    const char *name;
    Result (State::*run)();
    int count = 1;
};

// Scripts that return QSeamstressScript become tasks, others threads.
template <class State, class Result = void>
SearchProgram program(const char *name, const QList<Script<State, Result>> &scripts)
{
    const auto addTo = [scripts](QSeamstressExplorer &explorer) {
        const auto state = std::make_shared<std::shared_ptr<State>>(); // of the current order
        for (const Script<State, Result> &script : scripts) {
            for (int number = 1; number <= script.count; ++number) {
                const QString name = QString::fromLatin1(script.name) + (script.count > 1 ? QString::number(number) : QString());
                const auto run = [state, run = script.run] {
                    const std::shared_ptr<State> own = *state; // lives as long as a thread that is abandoned in a deadlock
                    return std::invoke(run, *own);
                };
                if constexpr (std::is_void_v<Result>)
                    explorer.addThread(name, run);
                else
                    explorer.addTask(name, run);
            }
        }
        explorer.setReset([state] { *state = std::make_shared<State>(); });
        explorer.setCheck([state] { return (*state)->isCorrect; });
    };
    return { QString::fromLatin1(name), addTo };
}

#endif // SEARCHSCRIPTS_H
