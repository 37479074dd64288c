// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "byhand.h"

#include <QEventLoop>
#include <QMutex>
#include <QProcess>

#include <algorithm>

void lockInAnotherThread(QMutex *mutex)
{
    QSemaphore locked;
    QSemaphore go;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        const QMutexLocker locker(mutex);
        locked.release();
        go.acquire();
    }));
    thread->start();
    locked.acquire();
    go.release();
    thread->wait();
}

void lockInAQueuedCall(QMutex *mutex)
{
    QEventLoop locking;
    QMetaObject::invokeMethod(
        &locking,
        [&] {
            mutex->lock();
            locking.quit();
        },
        Qt::QueuedConnection);
    locking.exec();
    QEventLoop unlocking;
    QMetaObject::invokeMethod(
        &unlocking,
        [&] {
            mutex->unlock();
            unlocking.quit();
        },
        Qt::QueuedConnection);
    unlocking.exec();
}

bool startAndFinish(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

SteppingThread::SteppingThread()
    : m_thread(QThread::create([this] {
        while (!m_end) {
            m_halted.release();
            m_go.acquire();
        }
    }))
{
    m_thread->start();
    m_halted.acquire();
}

SteppingThread::~SteppingThread()
{
    m_end = true;
    m_go.release();
    m_thread->wait();
}

void SteppingThread::step()
{
    m_go.release();
    m_halted.acquire();
}

void runInOrder(const std::vector<bool> &order)
{
    QSemaphore go[2];
    QSemaphore done;
    std::unique_ptr<QThread> threads[2];
    for (int script = 0; script < 2; ++script) {
        const qint64 steps = std::count(order.begin(), order.end(), script == 0);
        threads[script].reset(QThread::create([&done, &mine = go[script], steps] {
            for (qint64 step = 0; step < steps; ++step) {
                mine.acquire();
                done.release();
            }
        }));
        threads[script]->start();
    }
    for (const bool isFirst : order) {
        go[isFirst ? 0 : 1].release();
        done.acquire();
    }
    for (const std::unique_ptr<QThread> &thread : threads)
        thread->wait();
}
