// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a thread can be blocked on, taken by who makes it and given back by free().

#ifndef OBSTACLES_H
#define OBSTACLES_H

#include <QSeamstressThread>

#include <functional>
#include <memory>

struct Obstacle
{
    std::function<void()> wait; // returns after free()
    std::function<void()> free;
    // Whether a thread is blocked on that very obstacle, and on another one of its type. Null if it is no object.
    std::function<bool(QSeamstressThread &)> isWaitedFor;
    std::function<bool(QSeamstressThread &)> isOtherWaitedFor;
};

// Of an object that is taken by now: how to wait for it, and how to give it back.
template <class Lock>
Obstacle lockObstacle(std::shared_ptr<Lock> lock, std::function<void(Lock &)> wait, std::function<void(Lock &)> free, std::shared_ptr<Lock> other)
{
    return {
        [lock, wait] { wait(*lock); },
        [lock, free] { free(*lock); },
        [lock](QSeamstressThread &thread) { return thread.waitForBlockedOn(lock.get()); },
        [other](QSeamstressThread &thread) { return thread.waitForBlockedOn(other.get(), QDeadlineTimer(5)); },
    };
}

using MakeObstacle = Obstacle (*)();
struct NamedObstacle
{
    const char *name;
    MakeObstacle make;
    // What it is blocked on, as a message says; an address or a number is "#". Alternatives, by "|", where C libraries differ.
    const char *text;
};
// Those that are known to be waited for, those that are not, and those of the system.
QList<NamedObstacle> recognisedLocks();
QList<NamedObstacle> otherLocks();
QList<NamedObstacle> systemObstacles();

#endif // OBSTACLES_H
