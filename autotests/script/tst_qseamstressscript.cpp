// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The type contracts of everything that can be a script, and how a coroutine is created, run, moved and destroyed.

#include <QSeamstressScript>
#include <QSeamstressThread>

#include <QLockFile>
#include <QMutex>
#include <QReadWriteLock>
#include <QScopeGuard>
#include <QSemaphore>
#include <QSystemSemaphore>
#include <QTest>

#include <functional>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <type_traits>
#include <utility>

#include "../shared/readyfuture.h"

// A script can be moved, but not default-constructed or copied.
static_assert(!std::is_default_constructible_v<QSeamstressScript>);
static_assert(!std::is_copy_constructible_v<QSeamstressScript>);
static_assert(!std::is_copy_assignable_v<QSeamstressScript>);
static_assert(std::is_nothrow_move_constructible_v<QSeamstressScript>);
static_assert(std::is_nothrow_move_assignable_v<QSeamstressScript>);
static_assert(std::is_nothrow_destructible_v<QSeamstressScript>);
static_assert(std::is_same_v<std::coroutine_traits<QSeamstressScript>::promise_type, QSeamstressScript::promise_type>);

template <class... Locks>
inline constexpr bool areLockable = (QSeamstressLockable<Locks> && ...);
template <class... Locks>
inline constexpr bool areTryLockable = (QSeamstressTryLockable<Locks> && ...);
template <class... Types>
inline constexpr bool isAnyLockable = (QSeamstressLockable<Types> || ...);

// Has lock() and unlock(), but is a config and is run as one.
class LockingConfig : public QSeamstressConfig
{
public:
    void lock() { }
    void unlock() { }
};

static_assert(areLockable<QMutex, QRecursiveMutex, std::mutex, std::timed_mutex, std::recursive_mutex, std::shared_mutex, QLockFile>);
static_assert(areTryLockable<QMutex, QRecursiveMutex, std::mutex, std::timed_mutex, std::recursive_mutex, std::shared_mutex>);
static_assert(!QSeamstressTryLockable<QLockFile>); // its function is tryLock()
static_assert(!isAnyLockable<QSystemSemaphore, QSemaphore, QSeamstressConfig, LockingConfig, QObject, const QMutex, int>);
static_assert(!QSeamstressTryLockable<LockingConfig>);
inline constexpr bool isReadWriteLockLockable = QT_VERSION >= QT_VERSION_CHECK(6, 11, 0);
static_assert(QSeamstressLockable<QReadWriteLock> == isReadWriteLockLockable && QSeamstressTryLockable<QReadWriteLock> == isReadWriteLockLockable);

class MoveOnlyCallable
{
public:
    MoveOnlyCallable() = default;
    MoveOnlyCallable(MoveOnlyCallable &&) = default;
    void operator()() { }
};

template <class... Arguments>
inline constexpr bool makesThread = std::is_constructible_v<QSeamstressThread, Arguments...>;
template <class... Scripts>
inline constexpr bool eachMakesThread = (makesThread<Scripts> && ...) && (makesThread<Scripts, QObject *> && ...);
template <class... Types>
inline constexpr bool anyMakesThread = (makesThread<Types> || ...);
template <class... Types>
inline constexpr bool anyConverts = (std::is_convertible_v<Types, QSeamstressThread> || ...);

static_assert(makesThread<> && makesThread<QObject *>);
static_assert(eachMakesThread<QMutexLocker<QMutex> (*)(), QSeamstressScript (*)(), void (*)(), bool (*)(), void (&)()>);
static_assert(eachMakesThread<std::function<void()>, std::function<QSeamstressScript()>, MoveOnlyCallable>);
static_assert(eachMakesThread<QMutex *, QRecursiveMutex *, std::mutex *, std::shared_mutex *, QLockFile *>);
static_assert(eachMakesThread<QSeamstressConfig *, LockingConfig *>);
static_assert(!anyMakesThread<int, QString, void (*)(int), std::function<void(int)>, QMutex &, QSeamstressConfig &>);
static_assert(!anyMakesThread<QSeamstressScript, std::nullptr_t>); // a coroutine cannot begin twice
static_assert(!anyConverts<void (*)(), QMutex *, QSeamstressConfig *, QObject *>);
static_assert(!std::is_copy_constructible_v<QSeamstressThread> && !std::is_move_constructible_v<QSeamstressThread>);

class TestQSeamstressScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void capturesOutliveTheCoroutine();
    void mayComeFromAFunctionThatIsNoCoroutine();
    void refusesAMovedFromScript();
    void runsAgain();
    void isDestroyedWithoutEverRunning();
    void movesByAssignment();
    void destroysTemporariesOnce();
};

// Sets a flag for as long as it lives.
class Lifetime
{
public:
    explicit Lifetime(bool *alive)
        : m_alive(alive)
    {
        *m_alive = true;
    }
    Lifetime(Lifetime &&other) noexcept
        : m_alive(std::exchange(other.m_alive, nullptr))
    {
    }
    ~Lifetime()
    {
        if (m_alive)
            *m_alive = false;
    }

private:
    bool *m_alive;
};

void TestQSeamstressScript::capturesOutliveTheCoroutine()
{
    bool alive = false;
    bool aliveInScript = false;
    bool aliveAtItsEnd = false;
    {
        QSeamstressThread thread([&, lifetime = Lifetime(&alive)]() -> QSeamstressScript {
            const auto end = qScopeGuard([&] { aliveAtItsEnd = alive; });
            co_yield "halted";
            aliveInScript = alive;
        });
        QVERIFY(thread.enter());
        QVERIFY(alive);
        QVERIFY(thread.exit());
        QVERIFY(aliveInScript);
        QVERIFY(aliveAtItsEnd);
    }
    QVERIFY(!alive);
}

static QSeamstressScript pauseAt(QString point)
{
    co_yield point;
}

void TestQSeamstressScript::mayComeFromAFunctionThatIsNoCoroutine()
{
    QSeamstressThread thread([] { return pauseAt(QStringLiteral("made elsewhere")); });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "made elsewhere");
    QVERIFY(thread.exit());
}

void TestQSeamstressScript::refusesAMovedFromScript()
{
    QSeamstressScript script = pauseAt(QStringLiteral("once"));
    QSeamstressThread thread([&script] { return std::move(script); });
    thread.setObjectName("mover");
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());

    QVERIFY(!thread.enter());
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(thread.errorString(), "\"mover\": its callable returned a QSeamstressScript that was moved from; return a new one each time.");
    QCOMPARE(thread.phase(), QSeamstressExecutor::Failed);
    QCOMPARE(thread.errors().size(), 1);
}

void TestQSeamstressScript::runsAgain()
{
    int runs = 0;
    QSeamstressThread thread([&runs]() -> QSeamstressScript {
        const int run = ++runs;
        co_yield QSeamstress::Pause("begun", run);
        co_yield QSeamstress::Pause("still", run);
    });
    for (int run = 1; run <= 3; ++run) {
        QVERIFY(thread.enter());
        QCOMPARE(thread.pausePoint(), "begun");
        QCOMPARE(thread.pauseValue().toInt(), run);
        QVERIFY(thread.advance());
        QCOMPARE(thread.pauseValue().toInt(), run);
        QVERIFY(thread.exit());
        QCOMPARE(runs, run);
    }
}

static QSeamstressScript holdForEver(Lifetime)
{
    for (;;)
        co_yield "again";
}

void TestQSeamstressScript::isDestroyedWithoutEverRunning()
{
    bool alive = false;
    {
        const QSeamstressScript script = holdForEver(Lifetime(&alive));
        QVERIFY(alive);
    }
    QVERIFY(!alive);
}

void TestQSeamstressScript::movesByAssignment()
{
    bool firstAlive = false;
    bool secondAlive = false;
    {
        QSeamstressScript first = holdForEver(Lifetime(&firstAlive));
        {
            QSeamstressScript second = holdForEver(Lifetime(&secondAlive));
            first = std::move(second);
            QVERIFY(secondAlive);
        }
        QVERIFY(!firstAlive);
        QVERIFY(secondAlive);
    }
    QVERIFY(!secondAlive);
}

#if !defined(__clang__) && defined(__GNUC__) && __GNUC__ < 14
void TestQSeamstressScript::destroysTemporariesOnce()
{
    QSKIP("g++ before 14 destroys some temporaries twice and rejects braced lists; README.md says which.");
}
#else
// Keeps track of the living objects by their addresses.
class Counted
{
public:
    Counted() { living.insert(this); }
    Counted(const Counted &) { living.insert(this); }
    ~Counted() { hasDestroyedTwice = living.erase(this) == 0 || hasDestroyedTwice; }

    static inline std::set<const Counted *> living;
    static inline bool hasDestroyedTwice = false;
};

struct Aggregate
{
    Counted counted;
    int number = 0;
};

template <class Argument>
static QFuture<void> readyFor(const Argument &)
{
    return readyFuture();
}

template <class Argument>
static QSeamstress::Pause pauseFor(const Argument &)
{
    return QSeamstress::Pause("point");
}

void TestQSeamstressScript::destroysTemporariesOnce()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        const Counted local;
        const bool isLocal = Counted::living.size() == 1;
        co_await readyFor(isLocal ? local : Counted());
        co_await readyFor(Aggregate{ local, 1 });
        co_await readyFor([local] { Q_UNUSED(local); });
        co_yield pauseFor(isLocal ? local : Counted());
        co_yield pauseFor(Aggregate{ local, 1 });
        co_yield pauseFor([local] { Q_UNUSED(local); });
        co_yield QSeamstress::Pause("list", QVariantList{ 1, 2 });
    });
    QVERIFY2(thread.runTo("list"), qPrintable(thread.errorString()));
    QCOMPARE(thread.pauseValue().toList().size(), 2);
    QVERIFY2(thread.exit(), qPrintable(thread.errorString()));
    QVERIFY(Counted::living.empty());
    QVERIFY(!Counted::hasDestroyedTwice);
}
#endif

QTEST_GUILESS_MAIN(TestQSeamstressScript)
#include "tst_qseamstressscript.moc"
