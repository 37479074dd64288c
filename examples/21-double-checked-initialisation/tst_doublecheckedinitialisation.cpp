// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Settings that are initialised on first use, with a classic mistake in double-checked locking.

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
    for (int i = 0; i < 100; ++i) {
        QVERIFY(!explorer.run("first>flag is set second>done first>done"));
        QCOMPARE(timeouts, (std::array{ 30, 0 })); // the second thread saw no time-out
    }
}

void TestDoubleCheckedInitialisation::safeOneDoesNot()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report that the second thread is blocked.");
    std::optional<SafeLazySettings> lazy;
    std::array<int, 2> timeouts{};
    QSeamstressExplorer explorer;
    addReaders(explorer, lazy, timeouts);
    QVERIFY2(explorer.explore(), qPrintable(explorer.report()));
    QVERIFY(explorer.infeasibleOrders() > 0); // those in which the second thread is blocked on the lock
}

QTEST_MAIN(TestDoubleCheckedInitialisation)
#include "tst_doublecheckedinitialisation.moc"
