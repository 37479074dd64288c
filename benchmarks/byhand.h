// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The same jobs written by hand without QSeamstress, with the shortest correct code.

#ifndef BYHAND_H
#define BYHAND_H

#include <QSemaphore>
#include <QStringList>
#include <QThread>

#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QMutex;
QT_END_NAMESPACE

// Another thread locks the mutex and pauses, then unlocks it and is joined.
void lockInAnotherThread(QMutex *mutex);

// Locks the mutex in one iteration of the event loop and unlocks it in the next one.
void lockInAQueuedCall(QMutex *mutex);

// Starts a program and waits until it finishes. True if it exits normally with code 0.
bool startAndFinish(const QString &program, const QStringList &arguments);

// A thread that takes one step for each call to step().
class SteppingThread
{
public:
    SteppingThread();
    ~SteppingThread();
    void step();

private:
    QSemaphore m_go;
    QSemaphore m_halted;
    bool m_end = false;
    std::unique_ptr<QThread> m_thread;
};

// Runs the steps of two threads in this order: true is a step of the first thread, false of the second.
void runInOrder(const std::vector<bool> &order);

#endif // BYHAND_H
