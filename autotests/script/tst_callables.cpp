// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Everything that can be called can be a script.

#include <QSeamstressThread>

#include <QScopeGuard>
#include <QTest>

#include <functional>
#include <memory>

class TestCallables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void moveOnlyCaptures();
    void functionPointer();
    void stdFunction();
    void nullFunction_data();
    void nullFunction();
    void stdBind();
    void mutableLambdaKeepsItsState();
    void callableObject();
};

void TestCallables::moveOnlyCaptures()
{
    int seen = 0;
    QSeamstressThread guard([&seen, number = std::make_unique<int>(1)] { return qScopeGuard([&seen, &number] { seen += *number; }); });
    QSeamstressThread coroutine([&seen, number = std::make_unique<int>(10)]() -> QSeamstressScript {
        co_yield "halted";
        seen += *number;
    });
    QSeamstressThread plain([&seen, number = std::make_unique<int>(100)] {
        QSeamstress::pause("halted");
        seen += *number;
    });
    int expected = 0;
    int added = 1;
    for (QSeamstressThread *thread : { &guard, &coroutine, &plain }) {
        QVERIFY(thread->enter());
        QCOMPARE(seen, expected);
        QVERIFY(thread->exit());
        expected += added;
        added *= 10;
        QCOMPARE(seen, expected);
    }
}

static void pauseInAFunction()
{
    QSeamstress::pause("in a function");
}

void TestCallables::functionPointer()
{
    QSeamstressThread byName(pauseInAFunction);
    QSeamstressThread byAddress(&pauseInAFunction);
    for (QSeamstressThread *thread : { &byName, &byAddress }) {
        QVERIFY(thread->enter());
        QCOMPARE(thread->pausePoint(), "in a function");
        QVERIFY(thread->exit());
    }
}

void TestCallables::stdFunction()
{
    std::function<void()> function = pauseInAFunction;
    QSeamstressThread thread(function);
    function = nullptr; // the executor has its own copy
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "in a function");
    QVERIFY(thread.exit());
}

void TestCallables::nullFunction_data()
{
    using SetScript = std::function<void(QSeamstressThread &)>;
    QTest::addColumn<SetScript>("setScript");

    QTest::newRow("null-std-function") << SetScript([](QSeamstressThread &thread) { thread.setScript(std::function<QSeamstressScript()>()); });
    QTest::newRow("null-function-pointer") << SetScript([](QSeamstressThread &thread) { thread.setScript(static_cast<void (*)()>(nullptr)); });
}

void TestCallables::nullFunction()
{
    QFETCH(const std::function<void(QSeamstressThread &)>, setScript);

    QSeamstressThread thread;
    thread.setObjectName("nobody");
    setScript(thread);

    QTest::ignoreMessage(QtWarningMsg,
                         "QSeamstressThread::enter: \"nobody\" was given a null function as its script; pass one that can be called.");
    QVERIFY(!thread.enter());
    QCOMPARE(thread.phase(), QSeamstressExecutor::Idle);
    QCOMPARE(thread.error().code(), QSeamstressError::InvalidUse);
    QVERIFY(thread.errors().isEmpty());
}

static void pauseAt(const char *point, const int *value)
{
    QSeamstress::pause(point, *value);
}

void TestCallables::stdBind()
{
    int value = 1;
    QSeamstressThread thread(std::bind(pauseAt, "bound", &value));
    value = 2;
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "bound");
    QCOMPARE(thread.pauseValue().toInt(), 2);
    QVERIFY(thread.exit());
}

void TestCallables::mutableLambdaKeepsItsState()
{
    QSeamstressThread plain([run = 0]() mutable { QSeamstress::pause("run", ++run); });
    QSeamstressThread coroutine([run = 0]() mutable -> QSeamstressScript { co_yield QSeamstress::Pause("run", ++run); });
    for (int run = 1; run <= 3; ++run) {
        for (QSeamstressThread *thread : { &plain, &coroutine }) {
            QVERIFY(thread->enter());
            QCOMPARE(thread->pauseValue().toInt(), run);
            QVERIFY(thread->exit());
        }
    }
}

// Not copyable, and not callable if const.
class Counter
{
public:
    Counter() = default;
    Counter(Counter &&) = default;
    void operator()() { QSeamstress::pause("counted", ++m_count); }

private:
    int m_count = 0;
};

void TestCallables::callableObject()
{
    QSeamstressThread thread{ Counter() };
    for (int run = 1; run <= 2; ++run) {
        QVERIFY(thread.enter());
        QCOMPARE(thread.pauseValue().toInt(), run);
        QVERIFY(thread.exit());
    }
}

QTEST_GUILESS_MAIN(TestCallables)
#include "tst_callables.moc"
