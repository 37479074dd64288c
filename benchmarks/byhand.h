// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The same jobs, done by a careful person without QSeamstress: the shortest code that is right.

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

// Another thread locks the mutex and stands still, then unlocks it and is joined.
void lockInAnotherThread(QMutex *mutex);

// Two turns of the event loop: in the first the mutex is locked, in the second unlocked.
void lockInAQueuedCall(QMutex *mutex);

// Starts a program and waits for its end; true if that was as it should be.
bool startAndFinish(const QString &program, const QStringList &arguments);

// Another thread that makes one step each time that it is told to.
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

// Two threads of so many steps each, in this order; true is the first one's.
void runInOrder(const std::vector<bool> &order);

#endif // BYHAND_H
