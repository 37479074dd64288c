// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Plain code that pauses where it calls QSeamstress::pause(), and isInScript().

#include <QSeamstressNamespace>
#include <QSeamstressPausePoint>
#include <QSeamstressThread>

#include <QScopeGuard>
#include <QTest>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <thread>
#include <vector>

using Code = void (*)();
Q_DECLARE_METATYPE(Code)

class TestPause : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haltsAtAnyCallDepth();
    void givesValues();
    void haltsInALoop();
    void haltsInANoexceptFunction();
    void haltsInADestructor();
    void haltsWhileAnExceptionUnwinds();
    void haltsInACallbackOfALibrary();
    void haltsInProductionCode();
    void valuesOfProductionCode_data();
    void valuesOfProductionCode();
    void haltsInPlainCodeOfACoroutine();
    void doesNothingOutsideAScript();
    void doesNothingInAnotherThreadOfAScript();
    void keepsScriptsApart();
    void haltsAfterAScriptRanAnother();
    void knowsWhereAScriptRuns();
};

static void descend(int depth)
{
    if (depth > 0)
        descend(depth - 1);
    else
        QSeamstress::pause("deepest");
    if (depth == 1000)
        QSeamstress::pause("back at the top", depth);
}

void TestPause::haltsAtAnyCallDepth()
{
    QSeamstressThread thread([] { descend(1000); });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "deepest");
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "back at the top");
    QVERIFY(thread.exit());
}

void TestPause::givesValues()
{
    QSeamstressThread thread([] {
        QSeamstress::pause("number", 1);
        QSeamstress::pause("list", QVariantList{ 1, QStringLiteral("two") });
        QSeamstress::pause("none");
        QSeamstress::pause();
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pauseValue(), QVariant(1));
    QVERIFY(thread.advance());
    QCOMPARE(thread.pauseValue(), QVariant(QVariantList{ 1, QStringLiteral("two") }));
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "none");
    QCOMPARE(thread.pauseValue(), QVariant());
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), QString());
    QVERIFY(thread.exit());
}

void TestPause::haltsInALoop()
{
    int sum = 0;
    QSeamstressThread thread([&sum] {
        for (int i = 1; i <= 100; ++i) {
            sum += i;
            QSeamstress::pause("added", i);
        }
    });
    QVERIFY(thread.enter());
    for (int i = 1; i <= 100; ++i) {
        QCOMPARE(thread.pauseValue().toInt(), i);
        QCOMPARE(sum, i * (i + 1) / 2);
        QVERIFY(i < 100 ? thread.advance() : thread.exit());
    }
}

static void pauseAndNeverThrow(int *done) noexcept
{
    QSeamstress::pause("noexcept");
    ++*done;
}

void TestPause::haltsInANoexceptFunction()
{
    int done = 0;
    QSeamstressThread thread([&done] { pauseAndNeverThrow(&done); });
    QVERIFY(thread.enter());
    QCOMPARE(done, 0);
    QVERIFY(thread.exit());
    QCOMPARE(done, 1);
}

void TestPause::haltsInADestructor()
{
    int done = 0;
    QSeamstressThread thread([&done] {
        const auto end = qScopeGuard([&done] {
            QSeamstress::pause("in a destructor");
            ++done;
        });
        QSeamstress::pause("before");
    });
    QVERIFY(thread.enter());
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "in a destructor");
    QCOMPARE(done, 0);
    QVERIFY(thread.exit());
    QCOMPARE(done, 1);
}

void TestPause::haltsWhileAnExceptionUnwinds()
{
    QSeamstressThread thread([] {
        const auto end = qScopeGuard([] { QSeamstress::pause("unwinding"); });
        throw std::runtime_error("thrown before");
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "unwinding");
    QVERIFY(!thread.exit());
    QCOMPARE(thread.error().exceptionType(), "std::runtime_error");
}

void TestPause::haltsInACallbackOfALibrary()
{
    QSeamstressThread thread([] {
        std::vector<int> numbers{ 2, 1 };
        std::sort(numbers.begin(), numbers.end(), [](int left, int right) {
            QSeamstress::pause("compares", QVariantList{ std::min(left, right), std::max(left, right) });
            return left < right;
        });
        QSeamstress::pause("sorted", numbers.front());
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "compares");
    QCOMPARE(thread.pauseValue(), QVariant(QVariantList{ 1, 2 }));
    QVERIFY(thread.runTo("sorted"));
    QCOMPARE(thread.pauseValue().toInt(), 1);
    QVERIFY(thread.exit());
}

static int writeAFile()
{
    QSEAMSTRESS_PAUSE_POINT("written");
    return 1;
}

void TestPause::haltsInProductionCode()
{
    int files = 0;
    QSeamstressThread thread([&files] { files = writeAFile(); });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "written");
    QCOMPARE(files, 0);
    QVERIFY(thread.exit());
    QCOMPARE(files, 1);
    QCOMPARE(writeAFile(), 1); // outside a script, it does not pause
}

enum Colour { Red, Green };
static const int target = 0;

void TestPause::valuesOfProductionCode_data()
{
    QTest::addColumn<Code>("code");
    QTest::addColumn<QVariant>("value");
    const auto row = [](const char *name, Code code, const QVariant &value) { QTest::newRow(name) << code << value; };

    row("none", [] { QSEAMSTRESS_PAUSE_POINT("there"); }, QVariant());
    row("bool", [] { QSEAMSTRESS_PAUSE_POINT("there", true); }, true);
    row("char", [] { QSEAMSTRESS_PAUSE_POINT("there", 'a'); }, int('a'));
    row("short", [] { QSEAMSTRESS_PAUSE_POINT("there", short(-1)); }, -1);
    row("int", [] { QSEAMSTRESS_PAUSE_POINT("there", std::numeric_limits<int>::min()); }, std::numeric_limits<int>::min());
    row("unsigned-int", [] { QSEAMSTRESS_PAUSE_POINT("there", std::numeric_limits<unsigned int>::max()); }, std::numeric_limits<unsigned int>::max());
    row("long", [] { QSEAMSTRESS_PAUSE_POINT("there", -1L); }, -1LL);
    row("long-long", [] { QSEAMSTRESS_PAUSE_POINT("there", std::numeric_limits<qint64>::min()); }, std::numeric_limits<qint64>::min());
    row("unsigned-long-long", [] { QSEAMSTRESS_PAUSE_POINT("there", std::numeric_limits<quint64>::max()); }, std::numeric_limits<quint64>::max());
    row("enumerator", [] { QSEAMSTRESS_PAUSE_POINT("there", Green); }, 1);
    row("float", [] { QSEAMSTRESS_PAUSE_POINT("there", 1.5F); }, 1.5);
    row("double", [] { QSEAMSTRESS_PAUSE_POINT("there", 1e100); }, 1e100);
    row("text", [] { QSEAMSTRESS_PAUSE_POINT("there", QByteArray("gr\xc3\xbcn").constData()); }, QString::fromUtf8("gr\xc3\xbcn"));
    row("pointer", [] { QSEAMSTRESS_PAUSE_POINT("there", &target); }, QVariant::fromValue<const void *>(&target));
    row("null-pointer", [] { QSEAMSTRESS_PAUSE_POINT("there", static_cast<QObject *>(nullptr)); }, QVariant::fromValue<const void *>(nullptr));
}

void TestPause::valuesOfProductionCode()
{
    QFETCH(Code, code);
    QFETCH(const QVariant, value);
    QSeamstressThread thread(code);
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "there");
    QCOMPARE(thread.pauseValue().metaType(), value.metaType());
    QCOMPARE(thread.pauseValue(), value);
    QVERIFY(thread.exit());
}

void TestPause::haltsInPlainCodeOfACoroutine()
{
    QSeamstressThread thread([]() -> QSeamstressScript {
        co_yield "coroutine";
        descend(1);
        co_yield "coroutine again";
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "coroutine");
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "deepest");
    QVERIFY(thread.advance());
    QCOMPARE(thread.pausePoint(), "coroutine again");
    QVERIFY(thread.exit());
}

void TestPause::doesNothingOutsideAScript()
{
    QSeamstress::pause();
    QSeamstress::pause("before any script", 1);

    // It also does nothing while a script is paused in another thread, or has ended.
    QSeamstressThread thread([] { QSeamstress::pause("halted"); });
    QVERIFY(thread.enter());
    QSeamstress::pause("not in the script");
    QCOMPARE(thread.pausePoint(), "halted");
    QVERIFY(thread.exit());
    QSeamstress::pause("nor now");
}

void TestPause::doesNothingInAnotherThreadOfAScript()
{
    bool elsewhereInScript = true;
    QSeamstressThread thread([&elsewhereInScript] {
        std::thread([&elsewhereInScript] {
            QSeamstress::pause("elsewhere");
            elsewhereInScript = QSeamstress::isInScript();
        }).join();
        QSeamstress::pause("here");
    });
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "here");
    QVERIFY(!elsewhereInScript);
    QVERIFY(thread.exit());
}

void TestPause::keepsScriptsApart()
{
    const auto script = [](int number) {
        return [number] {
            QSeamstress::pause("first", number);
            QSeamstress::pause("second", number);
        };
    };
    QSeamstressThread one(script(1));
    QSeamstressThread two(script(2));
    QVERIFY(one.enter());
    QVERIFY(two.enter());
    QVERIFY(one.advance());
    QCOMPARE(one.pausePoint(), "second");
    QCOMPARE(one.pauseValue().toInt(), 1);
    QCOMPARE(two.pausePoint(), "first");
    QCOMPARE(two.pauseValue().toInt(), 2);
    QVERIFY(one.exit());
    QCOMPARE(two.pausePoint(), "first");
    QVERIFY(two.exit());
}

void TestPause::haltsAfterAScriptRanAnother()
{
    bool innerRan = false;
    QSeamstressThread outer([&innerRan] {
        QSeamstressThread inner([] { QSeamstress::pause("inner"); });
        innerRan = inner.enter() && inner.pausePoint() == QLatin1String("inner");
        QSeamstress::pause("inner is halted");
        innerRan = inner.exit() && innerRan;
        QSeamstress::pause("inner is over");
    });
    QVERIFY(outer.enter());
    QCOMPARE(outer.pausePoint(), "inner is halted");
    QVERIFY(innerRan);
    QVERIFY(outer.advance());
    QCOMPARE(outer.pausePoint(), "inner is over");
    QVERIFY(innerRan);
    QVERIFY(outer.exit());
}

void TestPause::knowsWhereAScriptRuns()
{
    QStringList inScript;
    const auto note = [&inScript](const char *place) {
        if (QSeamstress::isInScript())
            inScript.append(place);
    };
    QSeamstressThread plain([&note] {
        note("plain");
        QSeamstress::pause();
    });
    QSeamstressThread guard([&note] {
        note("guard made");
        return qScopeGuard([&note] { note("guard destroyed"); });
    });
    QSeamstressThread coroutine([&note]() -> QSeamstressScript {
        note("coroutine");
        co_yield "halted";
    });

    note("test");
    for (QSeamstressThread *thread : { &plain, &guard, &coroutine }) {
        QVERIFY(thread->enter());
        note("test, while a script is halted");
        QVERIFY(thread->exit());
    }
    note("test, afterwards");
    QCOMPARE(inScript, QStringList({ "plain", "guard made", "guard destroyed", "coroutine" }));
}

QTEST_GUILESS_MAIN(TestPause)
#include "tst_pause.moc"
