// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a thread can be blocked on. An obstacle is taken when it is created, and released by free().

#ifndef OBSTACLES_H
#define OBSTACLES_H

#include <QSeamstressThread>

#include <functional>
#include <memory>

struct Obstacle
{
    std::function<void()> wait; // returns after free()
    std::function<void()> free;
    // Whether a thread is blocked on this obstacle, and on another one of its type. Null if the obstacle is not an object.
    std::function<bool(QSeamstressThread &)> isWaitedFor;
    std::function<bool(QSeamstressThread &)> isOtherWaitedFor;
};

// For an object that is already taken: how to wait for it, and how to release it.
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
    // What the thread is blocked on, as a message says; addresses and numbers are "#". "|" separates alternatives where C libraries differ.
    const char *text;
};
// Objects that waitForBlockedOn() recognises, objects that it does not recognise, and obstacles of the operating system.
QList<NamedObstacle> recognisedLocks();
QList<NamedObstacle> otherLocks();
QList<NamedObstacle> systemObstacles();

#endif // OBSTACLES_H
