// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// co_await of awaitables of other libraries.

#include "executorundertest.h"

#include <QThread>
#include <QTimer>

#include <coroutine>
#include <memory>
#include <stdexcept>
#include <thread>

class TestExecutorForeignAwaitables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resumesInAnotherThread_data();
    void resumesInAnotherThread();
    void results();
    void throwsInAnotherThread();
    void isReady();
    void resumesWithinSuspend();
    void inASubScript();
    void manyTimes();
    void secondResume_data();
    void secondResume();
    void secondResumeOfAScriptThatIsOver();
};

// Resumes at once, in a thread of its own, with the result of a function.
template <class Make>
class InAnotherThread
{
public:
    explicit InAnotherThread(Make make)
        : m_make(std::move(make))
    {
    }
    Q_DISABLE_COPY_MOVE(InAnotherThread)
    ~InAnotherThread() { m_thread.join(); }
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> coroutine)
    {
        m_thread = std::thread([coroutine] { coroutine.resume(); });
    }
    decltype(auto) await_resume() { return m_make(); }

private:
    Make m_make;
    std::thread m_thread;
};

static int seven()
{
    return 7;
}

void TestExecutorForeignAwaitables::resumesInAnotherThread_data()
{
    QTest::addColumn<bool>("isLocal");

    QTest::newRow("temporary") << false;
    QTest::newRow("local-variable") << true;
}

void TestExecutorForeignAwaitables::resumesInAnotherThread()
{
    QFETCH(const bool, isLocal);

    Executor executor;
    setScript(
        executor, [](bool isLocal) -> QSeamstressScript {
            QThread *const here = QThread::currentThread();
            int result = 0;
            if (isLocal) {
                InAnotherThread awaitable(seven);
                result = co_await awaitable;
            } else {
                result = co_await InAnotherThread(seven);
            }
            co_yield QSeamstress::Pause("resumed", QThread::currentThread() == here ? result : -1);
        },
        isLocal);
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toInt(), 7);
    QVERIFY(executor.exit());
}

static int shared = 0;

static QSeamstressScript awaitResultsOfEachKind()
{
    auto unique = [] { return std::make_unique<int>(1); };
    InAnotherThread moveOnly(unique);
    const std::unique_ptr<int> one = co_await moveOnly;

    auto reference = []() -> int & { return shared; };
    InAnotherThread ofReference(reference);
    int &two = co_await ofReference;
    two = 2;

    auto nothing = [] { };
    InAnotherThread ofNothing(nothing);
    co_await ofNothing;

    auto text = [] { return QStringLiteral("three"); };
    InAnotherThread ofText(text);
    const QString three = co_await ofText;
    co_yield QSeamstress::Pause("resumed", QStringLiteral("%1 %2 %3").arg(*one).arg(shared).arg(three));
}

void TestExecutorForeignAwaitables::results()
{
    Executor executor(awaitResultsOfEachKind);
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toString(), "1 2 three");
    QVERIFY(executor.exit());
}

static int throwing()
{
    throw std::runtime_error("over there");
}

void TestExecutorForeignAwaitables::throwsInAnotherThread()
{
    Executor executor([]() -> QSeamstressScript {
        QString caught;
        {
            InAnotherThread first(throwing);
            try {
                co_await first;
            } catch (const std::runtime_error &error) {
                caught = QString::fromLatin1(error.what());
            }
        }
        co_yield QSeamstress::Pause("caught", caught);
        InAnotherThread second(throwing);
        co_await second;
    });
    executor.setObjectName("script");
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toString(), "over there");
    QVERIFY(!executor.exit());
    QCOMPARE(executor.errorString(), "\"script\" threw std::runtime_error after its pause point \"caught\": over there");
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, executor.error().raise());
}

void TestExecutorForeignAwaitables::isReady()
{
    Executor executor([]() -> QSeamstressScript {
        co_await std::suspend_never();
        co_yield "a";
    });
    QVERIFY(executor.enter());
    QVERIFY(executor.exit());
}

class ResumesAtOnce
{
public:
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> coroutine) { coroutine.resume(); }
    int await_resume() const { return 1; }
};

void TestExecutorForeignAwaitables::resumesWithinSuspend()
{
    Executor executor([]() -> QSeamstressScript {
        int sum = 0;
        for (int i = 0; i < 1000; ++i) {
            ResumesAtOnce awaitable;
            sum += co_await awaitable;
        }
        co_yield QSeamstress::Pause("summed", sum);
    });
    QVERIFY(executor.enter());
    QCOMPARE(executor.pauseValue().toInt(), 1000);
    QVERIFY(executor.exit());
}

static QSeamstressScript awaitInSubScript(int depth)
{
    if (depth > 0) {
        co_await awaitInSubScript(depth - 1);
        co_return;
    }
    InAnotherThread awaitable(seven);
    co_yield QSeamstress::Pause("resumed", co_await awaitable);
}

void TestExecutorForeignAwaitables::inASubScript()
{
    Executor executor([] { return awaitInSubScript(3); });
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toInt(), 7);
    QVERIFY(executor.exit());
}

void TestExecutorForeignAwaitables::manyTimes()
{
    static constexpr int times = 300;
    Executor executor([]() -> QSeamstressScript {
        int sum = 0;
        for (int i = 0; i < times; ++i) {
            InAnotherThread awaitable(seven);
            sum += co_await awaitable;
        }
        co_yield QSeamstress::Pause("summed", sum);
    });
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toInt(), times * 7);
    QVERIFY(executor.exit());
}

// How ResumesTwice resumes the coroutine, both times.
enum class Twice { WithinSuspend,
                   InAnotherThread,
                   ByTheEventLoop,
                   ThreeTimes };

class ResumesTwice
{
public:
    explicit ResumesTwice(Twice how)
        : m_how(how)
    {
    }
    Q_DISABLE_COPY_MOVE(ResumesTwice)
    ~ResumesTwice()
    {
        if (m_thread.joinable())
            m_thread.join();
    }
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> coroutine)
    {
        const Twice how = m_how;
        const auto resumes = [coroutine, how] {
            coroutine.resume(); // may destroy this awaitable
            coroutine.resume();
            if (how == Twice::ThreeTimes)
                coroutine.resume();
        };
        if (m_how == Twice::InAnotherThread)
            m_thread = std::thread(resumes);
        else if (m_how == Twice::ByTheEventLoop)
            QTimer::singleShot(0, resumes);
        else
            resumes();
    }
    int await_resume() const { return 1; }

private:
    const Twice m_how;
    std::thread m_thread;
};

void TestExecutorForeignAwaitables::secondResume_data()
{
    QTest::addColumn<int>("how");

    QTest::newRow("within-suspend") << static_cast<int>(Twice::WithinSuspend);
    QTest::newRow("in-another-thread") << static_cast<int>(Twice::InAnotherThread);
    QTest::newRow("by-the-event-loop") << static_cast<int>(Twice::ByTheEventLoop);
    QTest::newRow("three-times") << static_cast<int>(Twice::ThreeTimes);
}

// The script gets an error that names what it awaited, and otherwise continues.
void TestExecutorForeignAwaitables::secondResume()
{
    QFETCH(const int, how);

    Executor executor;
    setScript(
        executor, [](int how) -> QSeamstressScript {
            int sum = 0;
            {
                ResumesTwice awaitable(static_cast<Twice>(how));
                sum += co_await awaitable;
            }
            ResumesAtOnce once;
            sum += co_await once;
            co_yield QSeamstress::Pause("summed", sum);
        },
        how);
    executor.setObjectName("script");
    QVERIFY2(executor.enter(), qPrintable(executor.errorString()));
    QCOMPARE(executor.pauseValue().toInt(), 2);
    QVERIFY(!executor.exit());
    QCOMPARE(executor.error().code(), QSeamstressError::InvalidUse);
    QCOMPARE(executor.errorString(),
             "\"script\" awaited ResumesTwice, which resumed it a second time; the second resume was ignored. Make ResumesTwice discard its std::coroutine_handle after resuming it.");
    QCOMPARE(executor.errors().size(), 1);
}

// Keeps the handle after it has resumed the coroutine.
class KeepsItsCoroutine
{
public:
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> coroutine)
    {
        kept = coroutine;
        coroutine.resume();
    }
    void await_resume() const { }

    static inline std::coroutine_handle<> kept;
};

void TestExecutorForeignAwaitables::secondResumeOfAScriptThatIsOver()
{
    if (runsInAnotherProcess)
        QSKIP("what could resume it again is gone with its process");
    Executor executor([]() -> QSeamstressScript {
        KeepsItsCoroutine awaitable;
        co_await awaitable;
        co_yield "a";
    });
    QVERIFY(executor.enter());
    QVERIFY(executor.exit());
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression("^QSeamstressScript: a script that has ended awaited KeepsItsCoroutine, which resumed it a second time"));
    KeepsItsCoroutine::kept.resume();
    QVERIFY(executor.errors().isEmpty());
}

QTEST_GUILESS_MAIN(TestExecutorForeignAwaitables)
#include "tst_executorforeignawaitables.moc"
