// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Test functions that end in every possible way while a script is paused, and scripts that then fail in their tear-down.
// tst_selftests compares the output with the files in autotests/meta/selftests.

#include <QSeamstressTest>

#include <QScopeGuard>
#include <QTest>

#include <memory>
#include <stdexcept>

#include "../holder.h"

class FailingScopes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void threadFailsAtEnter();
    void threadFailsAtItsEnd();
    void errorThatNobodySaw();
    void errorThatWasRead();
    void bodyFails();
    void bodySkips();
    void bodyThrowsAndIsCaught();
    void bodyThrows();
    void bodyReturnsEarly();
    void bodyFailsAndSoDoesTheScript();
    void bodySkipsAndTheScriptFails();
    void bodyFailsIntoFreedObjects();
    void nothingIsLeft();
};

// Holds the lock while it is paused, and fails at its end.
static QSeamstressScript failAtTheEnd()
{
    {
        const Holder holder;
        co_yield "locked";
    }
    throw std::logic_error("unlocked twice");
}

static std::unique_ptr<Holder> holderThatFails(const char *text, bool holds)
{
    const Holder holder;
    if (holds)
        throw std::runtime_error(text);
    return std::make_unique<Holder>();
}

void FailingScopes::threadFailsAtEnter()
{
    // On one line, since g++ reports the first line of a macro invocation, and clang++ the last.
    QSEAMSTRESS_THREAD(hogger, [text = "the lock is broken", holds = true] { return holderThatFails(text, holds); });
    qFatal("The test continued.");
}

void FailingScopes::threadFailsAtItsEnd()
{
    QSEAMSTRESS_THREAD(hogger, failAtTheEnd);
    QVERIFY(!nothingIsHeld());
}

void FailingScopes::errorThatNobodySaw()
{
    QSeamstressThread hogger(failAtTheEnd);
    hogger.setObjectName("hogger");
    hogger.setTimeout(-1);
    hogger.start();
    QVERIFY(hogger.waitForPaused());
    hogger.finish();
}

void FailingScopes::errorThatWasRead()
{
    QSeamstressThread hogger(failAtTheEnd);
    QVERIFY(hogger.enter());
    QVERIFY(!hogger.exit());
    QCOMPARE(hogger.error().exceptionType(), "std::logic_error");
}

void FailingScopes::bodyFails()
{
    QSEAMSTRESS_THREAD(hogger, [] { return Holder(); });
    QVERIFY(nothingIsHeld());
}

void FailingScopes::bodySkips()
{
    QSEAMSTRESS_THREAD(hogger, [] { return Holder(); });
    QSKIP("no time");
}

void FailingScopes::bodyThrowsAndIsCaught()
{
    const auto body = [] {
        QSEAMSTRESS_THREAD(hogger, [] { return Holder(); });
        throw std::runtime_error("from the body");
    };
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, body());
    QVERIFY(nothingIsHeld());
}

void FailingScopes::bodyThrows()
{
    QSEAMSTRESS_THREAD(hogger, [] {
        return qScopeGuard([] { qWarning("The script was torn down."); });
    });
    throw std::runtime_error("from the body");
}

void FailingScopes::bodyReturnsEarly()
{
    QSEAMSTRESS_THREAD(hogger, [] { return Holder(); });
    if (!nothingIsHeld())
        return;
    QFAIL("The script held nothing.");
}

void FailingScopes::bodyFailsAndSoDoesTheScript()
{
    QSEAMSTRESS_THREAD(hogger, failAtTheEnd);
    QVERIFY(nothingIsHeld());
}

void FailingScopes::bodySkipsAndTheScriptFails()
{
    QSEAMSTRESS_THREAD(hogger, failAtTheEnd);
    QSKIP("no time");
}

// The script uses an object that was created after the executor, and is destroyed before it.
void FailingScopes::bodyFailsIntoFreedObjects()
{
    QSeamstressThread reader;
    reader.setObjectName("reader");
    reader.setCancelsAfterFailure(true);
    const auto text = std::make_unique<QByteArray>("read");
    reader.setScript([&text]() -> QSeamstressScript {
        const Holder holder;
        co_yield "before";
        qWarning("%s", text->constData());
    });
    QSEAMSTRESS_ENTER(reader);
    QVERIFY(nothingIsHeld());
}

void FailingScopes::nothingIsLeft()
{
    QVERIFY(nothingIsHeld());
}

QTEST_GUILESS_MAIN(FailingScopes)
#include "main.moc"
