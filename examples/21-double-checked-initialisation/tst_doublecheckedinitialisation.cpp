// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Settings that are made when they are first asked for, with the double check that everybody gets wrong once.

#include <QSeamstressExplorer>
#include <QSeamstressThread>

#include <QTest>

#include <array>
#include <optional>

#include "lazy.h"

class TestDoubleCheckedInitialisation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsSettingsHalfMade();
    void safeOneDoesNot();
};

template <class Lazy>
static void addReaders(QSeamstressExplorer &explorer, std::optional<Lazy> &lazy, std::array<int, 2> &timeouts)
{
    explorer.addThread("first", [&] { timeouts[0] = lazy->get().timeout; });
    explorer.addThread("second", [&] { timeouts[1] = lazy->get().timeout; });
    explorer.setReset([&lazy] { lazy.emplace(); });
    explorer.setCheck([&timeouts] { return timeouts == std::array{ 30, 30 }; });
}

void TestDoubleCheckedInitialisation::showsSettingsHalfMade()
{
    std::optional<LazySettings> lazy;
    std::array<int, 2> timeouts{};
    QSeamstressExplorer explorer;
    addReaders(explorer, lazy, timeouts);
    QVERIFY(!explorer.explore());
    QCOMPARE(explorer.failingOrder(), "first>flag is set second>done first>done");
    for (int time = 0; time < 100; ++time) {
        QVERIFY(!explorer.run("first>flag is set second>done first>done"));
        QCOMPARE(timeouts, (std::array{ 30, 0 })); // the second one saw none
    }
}

void TestDoubleCheckedInitialisation::safeOneDoesNot()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not tell that the second one is blocked.");
    std::optional<SafeLazySettings> lazy;
    std::array<int, 2> timeouts{};
    QSeamstressExplorer explorer;
    addReaders(explorer, lazy, timeouts);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QVERIFY(explorer.infeasibleOrders() > 0); // the second one waits for the lock
}

QTEST_MAIN(TestDoubleCheckedInitialisation)
#include "tst_doublecheckedinitialisation.moc"
