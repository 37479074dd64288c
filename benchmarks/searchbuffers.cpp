// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The programs in which one script fills what the other one empties.

#include "searchprograms.h"

#include "searchscripts.h"

namespace {

struct Stack : Program
{
    static constexpr int size = 10;

    void push()
    {
        for (int value = 0; value < size; ++value) {
            lock.lock();
            require(append(value));
            isFilled = true;
            lock.unlock();
        }
    }
    void pop()
    {
        for (int time = 0; time < size; ++time) {
            lock.lock();
            if (isFilled)
                require(removeLast());
            lock.unlock();
        }
    }
    bool append(int value)
    {
        if (top == size)
            return false;
        values.set(top, value);
        top += 1;
        return true;
    }
    bool removeLast()
    {
        if (top == 0)
            return false;
        top += -1;
        values.at(top);
        return true;
    }

    Lock lock{ "lock" };
    Variable top{ "top" };
    Array<size> values{ "values" };
    Variable isFilled{ "isFilled" };
};

struct CircularBuffer : Program
{
    static constexpr int size = 10;
    static constexpr int turns = 7;

    void send()
    {
        for (int turn = 0; turn < turns; ++turn) {
            lock.lock();
            if (maySend) {
                insert(turn);
                maySend = false;
                mayReceive = true;
            }
            lock.unlock();
        }
    }
    void receive()
    {
        for (int turn = 0; turn < turns; ++turn) {
            lock.lock();
            if (mayReceive) {
                require(remove() == turn);
                mayReceive = false;
                maySend = true;
            }
            lock.unlock();
        }
    }
    void insert(int value)
    {
        if (next >= size)
            return;
        buffer.set(next, value);
        next = (next + 1) % size;
        require(next < size);
    }
    int remove()
    {
        if (next <= 0 || first >= size)
            return -1;
        first += 1;
        return buffer.at(first - 1);
    }

    Lock lock{ "lock" };
    Variable maySend{ "maySend", true };
    Variable mayReceive{ "mayReceive" };
    Variable first{ "first" };
    Variable next{ "next" };
    Array<size> buffer{ "buffer" };
};

struct Queue : Program
{
    static constexpr int size = 20;

    void send()
    {
        int value = 0;
        lock.lock();
        enqueue(value);
        stored.set(0, value);
        require(head != tail);
        lock.unlock();
        for (int turn = 1; turn < size; ++turn) {
            lock.lock();
            if (mayEnqueue) {
                enqueue(++value);
                stored.set(turn, value);
                mayEnqueue = false;
                mayDequeue = true;
            }
            lock.unlock();
        }
    }
    void receive()
    {
        for (int turn = 0; turn < size; ++turn) {
            lock.lock();
            if (mayDequeue) {
                require(dequeue() == stored.at(turn));
                mayDequeue = false;
                mayEnqueue = true;
            }
            lock.unlock();
        }
    }
    void enqueue(int value)
    {
        elements.set(tail, value);
        amount += 1;
        advance(tail);
    }
    int dequeue()
    {
        const int value = elements.at(head);
        amount += -1;
        advance(head);
        return value;
    }
    static void advance(Variable &end)
    {
        if (end == size)
            end = 1;
        else
            end += 1;
    }

    Lock lock{ "lock" };
    Array<size + 1> elements{ "elements" };
    Variable head{ "head" };
    Variable tail{ "tail" };
    Variable amount{ "amount" };
    Array<size> stored{ "stored" };
    Variable mayEnqueue{ "mayEnqueue", true };
    Variable mayDequeue{ "mayDequeue" };
};

// Each function of the class StringBuffer of the JDK 1.4 was atomic. append() is not: it calls two functions of the other buffer.
struct StringBuffer : Program
{
    struct Buffer
    {
        Lock lock;
        Variable count;
    };

    void change()
    {
        source.lock.lock(); // erase
        const int erased = source.count;
        source.count += -erased;
        source.lock.unlock();
        source.lock.lock(); // append
        source.count += length;
        source.lock.unlock();
    }
    void append()
    {
        target.lock.lock();
        source.lock.lock(); // length
        const int count = source.count;
        source.lock.unlock();
        source.lock.lock(); // getChars
        require(count <= source.count);
        source.lock.unlock();
        target.count += count;
        target.lock.unlock();
    }

    static constexpr int length = 3;
    Buffer source{ Lock("source"), Variable("source.count", length) };
    Buffer target{ Lock("target"), Variable("target.count") };
};

} // namespace

QList<SearchProgram> bufferPrograms()
{
    return {
        program<Stack>("stack", { { "push", &Stack::push }, { "pop", &Stack::pop } }),
        program<CircularBuffer>("circular_buffer", { { "send", &CircularBuffer::send }, { "receive", &CircularBuffer::receive } }),
        program<Queue>("queue", { { "send", &Queue::send }, { "receive", &Queue::receive } }),
        program<StringBuffer>("stringbuffer", { { "change", &StringBuffer::change }, { "append", &StringBuffer::append } }),
    };
}
