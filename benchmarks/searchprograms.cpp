// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "searchprograms.h"

#include "searchscripts.h"

namespace {

struct Account : Program
{
    void check()
    {
        lock.lock();
        if (isDeposited && isWithdrawn)
            require(balance == 1 - 2 - 4);
        lock.unlock();
    }
    void deposit()
    {
        lock.lock();
        balance += 2;
        isDeposited = true;
        lock.unlock();
    }
    void withdraw()
    {
        lock.lock();
        balance += -4;
        isWithdrawn = true;
        lock.unlock();
    }

    Lock lock{ "lock" };
    Variable balance{ "balance", 1 };
    Variable isDeposited{ "isDeposited" };
    Variable isWithdrawn{ "isWithdrawn" };
};

struct Lazy : Program
{
    void check()
    {
        lock.lock();
        require(data < 3);
        lock.unlock();
    }
    void addTwo() { add(2); }
    void addOne() { add(1); }
    void add(int value)
    {
        lock.lock();
        data += value;
        lock.unlock();
    }

    Lock lock{ "lock" };
    Variable data{ "data" };
};

struct LockOrder : Program
{
    void oneWay() { add(1, first, second); }
    void otherWay() { add(-1, second, first); }
    void add(int value, Lock &outer, Lock &inner)
    {
        outer.lock();
        inner.lock();
        counter += value;
        inner.unlock();
        outer.unlock();
    }

    Lock first{ "first" };
    Lock second{ "second" };
    Variable counter{ "counter", 1 };
};

// Two classes of users share a resource: the first user of a class takes it, the last one releases it.
struct Carter : Program
{
    void oneClass() { use(one); }
    void otherClass() { use(other); }
    void nothing() { }
    void use(Variable &users)
    {
        lock.lock();
        users += 1;
        if (users == 1)
            resource.lock();
        lock.unlock();
        lock.lock();
        users += -1;
        if (users == 0)
            resource.unlock();
        lock.unlock();
    }

    Lock lock{ "lock" };
    Lock resource{ "resource" };
    Variable one{ "one" };
    Variable other{ "other" };
};

// Fails in every order, since the script that comes first does not unlock the first lock.
struct Phase : Program
{
    void run()
    {
        first.lock();
        first.unlock();
        first.lock();
        for (int time = 0; time < 2; ++time) {
            second.lock();
            second.unlock();
        }
    }

    Lock first{ "first" };
    Lock second{ "second" };
};

struct TokenRing : Program
{
    void first() { pass(three, 1, one, isFirstDone); }
    void second() { pass(one, 0, two, isSecondDone); }
    void third() { pass(two, 0, three, isThirdDone); }
    void check()
    {
        lock.lock();
        if (isFirstDone && isSecondDone && isThirdDone)
            require(one == two && two == three);
        lock.unlock();
    }
    void pass(const Variable &from, int increment, Variable &to, Variable &isDone)
    {
        lock.lock();
        to = (from + increment) % 4;
        isDone = true;
        lock.unlock();
    }

    Lock lock{ "lock" };
    Variable one{ "one", 1 };
    Variable two{ "two", 2 };
    Variable three{ "three", 1 };
    Variable isFirstDone{ "isFirstDone" };
    Variable isSecondDone{ "isSecondDone" };
    Variable isThirdDone{ "isThirdDone" };
};

// What a lock protects is one step, since no other script can observe it half done. So no script blocks, and they can be tasks.
struct TwoStage : Program
{
    QSeamstressScript write()
    {
        co_yield "firstLock";
        first = 1;
        co_yield "secondLock";
        second = first + 1;
    }
    QSeamstressScript read()
    {
        co_yield "firstLock";
        if (first == 0)
            co_return;
        const int value = first;
        co_yield "secondLock";
        require(second == value + 1);
    }

    int first = 0;
    int second = 0;
};

struct WrongLock : Program
{
    void addAndCheck()
    {
        rightLock.lock();
        const int before = value;
        value += 1;
        require(value == before + 1);
        rightLock.unlock();
    }
    void add()
    {
        wrongLock.lock();
        value += 1;
        wrongLock.unlock();
    }

    Lock rightLock{ "rightLock" };
    Lock wrongLock{ "wrongLock" };
    Variable value{ "value" };
};

struct BluetoothDriver : Program
{
    void stop()
    {
        isStopping = true;
        leave();
        if (mayStop)
            hasStopped = true;
    }
    void work()
    {
        if (!isStopping) {
            atomic.lock();
            pending += 1;
            atomic.unlock();
            require(!hasStopped);
        }
        leave();
    }
    void leave()
    {
        atomic.lock();
        pending += -1;
        const int left = pending;
        atomic.unlock();
        if (left == 0)
            mayStop = true;
    }

    Lock atomic{ "atomic" };
    Variable pending{ "pending", 1 };
    Variable isStopping{ "isStopping" };
    Variable mayStop{ "mayStop" };
    Variable hasStopped{ "hasStopped" };
};

// Without locks, so these scripts can be tasks.
struct Reorder : Program
{
    QSeamstressScript set()
    {
        co_yield "a";
        a = 1;
        co_yield "b";
        b = -1;
    }
    QSeamstressScript check()
    {
        co_yield "a";
        bool isSet = a != 0;
        if (!isSet) {
            co_yield "b";
            isSet = b != 0;
        }
        if (!isSet)
            co_return;
        co_yield "a";
        require(a == 1);
        co_yield "b";
        require(b == -1);
    }

    int a = 0;
    int b = 0;
};

SearchProgram twoStage(const char *name, int writers, int readers)
{
    return program<TwoStage, QSeamstressScript>(name, { { "writer", &TwoStage::write, writers }, { "reader", &TwoStage::read, readers } });
}

SearchProgram wrongLock(const char *name, int others)
{
    return program<WrongLock>(name, { { "checker", &WrongLock::addAndCheck }, { "other", &WrongLock::add, others } });
}

SearchProgram reorder(const char *name, int setters, int checkers = 1)
{
    return program<Reorder, QSeamstressScript>(name, { { "setter", &Reorder::set, setters }, { "checker", &Reorder::check, checkers } });
}

} // namespace

QList<SearchProgram> searchPrograms()
{
    QList<SearchProgram> programs{
        program<Account>("account", { { "check", &Account::check }, { "deposit", &Account::deposit }, { "withdraw", &Account::withdraw } }),
        program<Lazy>("lazy", { { "check", &Lazy::check }, { "two", &Lazy::addTwo }, { "one", &Lazy::addOne } }),
        program<LockOrder>("deadlock", { { "one", &LockOrder::oneWay }, { "other", &LockOrder::otherWay } }),
        program<Carter>("carter", { { "one", &Carter::oneClass }, { "other", &Carter::otherClass }, { "idle", &Carter::nothing, 2 } }),
        program<Phase>("phase", { { "phase", &Phase::run, 2 } }),
        program<TokenRing>("token_ring", { { "first", &TokenRing::first }, { "second", &TokenRing::second }, { "third", &TokenRing::third }, { "check", &TokenRing::check } }),
        twoStage("twostage", 1, 1),
        twoStage("twostage_20", 10, 10),
        twoStage("twostage_50", 40, 10),
        wrongLock("wronglock", 7),
        wrongLock("wronglock_3", 3),
        reorder("reorder_3", 2),
        reorder("reorder_4", 3),
        reorder("reorder_5", 4),
        reorder("reorder_10", 9),
        reorder("reorder_20", 10, 10),
        program<BluetoothDriver>("bluetooth_driver", { { "stop", &BluetoothDriver::stop }, { "work", &BluetoothDriver::work } }),
    };
    programs.append(bufferPrograms());
    return programs;
}
