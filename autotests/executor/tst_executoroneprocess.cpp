// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a script can do if it shares the memory of its test: keep its captures, and use executors of its own kind.

#include "executorundertest.h"

#include <memory>

class TestExecutorOneProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callableLivesAsLongAsTheScript();
    void scriptThatEntersAnotherExecutor();
};

void TestExecutorOneProcess::callableLivesAsLongAsTheScript()
{
    const auto captured = std::make_shared<int>(7);
    {
        Executor executor([captured]() -> QSeamstressScript {
            co_yield "a";
            co_yield QSeamstress::Pause("b", *captured);
        });
        QVERIFY(executor.enter());
        QCOMPARE(captured.use_count(), 2);
        QVERIFY(executor.advance());
        QCOMPARE(executor.pauseValue().toInt(), 7);
        QVERIFY(executor.exit());
        QCOMPARE(captured.use_count(), 2); // kept, since it can be entered again
    }
    QCOMPARE(captured.use_count(), 1);
}

void TestExecutorOneProcess::scriptThatEntersAnotherExecutor()
{
    Executor outer([]() -> QSeamstressScript {
        Executor inner([]() -> QSeamstressScript { co_yield "inner"; });
        if (!inner.enter())
            inner.error().raise();
        co_yield QSeamstress::Pause("outer", inner.pausePoint());
        if (!inner.exit())
            inner.error().raise();
    });
    QVERIFY2(outer.enter(), qPrintable(outer.errorString()));
    QCOMPARE(outer.pausePoint(), "outer");
    QCOMPARE(outer.pauseValue().toString(), "inner");
    QVERIFY2(outer.exit(), qPrintable(outer.errorString()));
}

QTEST_GUILESS_MAIN(TestExecutorOneProcess)
#include "tst_executoroneprocess.moc"
