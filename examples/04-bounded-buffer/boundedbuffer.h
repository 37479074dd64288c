// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef BOUNDEDBUFFER_H
#define BOUNDEDBUFFER_H

#include <QMutex>
#include <QQueue>
#include <QSemaphore>

// put() blocks while the buffer is full, take() while it is empty.
class BoundedBuffer
{
public:
    explicit BoundedBuffer(int size)
        : m_free(size)
    {
    }
    void put(int item)
    {
        m_free.acquire();
        {
            const QMutexLocker locker(&m_mutex);
            m_items.enqueue(item);
        }
        m_used.release();
    }
    int take()
    {
        m_used.acquire();
        const int item = [this] {
            const QMutexLocker locker(&m_mutex);
            return m_items.dequeue();
        }();
        m_free.release();
        return item;
    }
    const QSemaphore *freePlaces() const { return &m_free; }
    const QSemaphore *usedPlaces() const { return &m_used; }

private:
    QSemaphore m_free;
    QSemaphore m_used;
    QMutex m_mutex;
    QQueue<int> m_items;
};

#endif // BOUNDEDBUFFER_H
