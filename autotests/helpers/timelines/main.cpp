// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Tests with several scripts. tst_selftests compares the timelines that they print with the files in autotests/meta/selftests.

#include <QSeamstressTest>

#include <QTest>

#include <stdexcept>

class Timelines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoScriptsPass();
    void twoScriptsFail();
    void moreEventsThanAreShown();
    void longNames();
    void afterAnotherTest();
    void beforeAnyEvent();
};

static QSeamstressScript buy(QString what)
{
    co_yield QStringLiteral("chose ") + what;
    co_yield QSeamstress::Pause();
    if (what == QLatin1String("bread"))
        throw std::runtime_error("out of bread");
    co_yield "paid";
}

void Timelines::twoScriptsPass()
{
    QSEAMSTRESS_THREAD(alice, [] { return buy(QStringLiteral("milk")); });
    QSEAMSTRESS_THREAD(bob, [] { return buy(QStringLiteral("salt")); });
    QSEAMSTRESS_RUN_TO(alice, "paid");
    QSEAMSTRESS_EXIT(bob);
    QSEAMSTRESS_EXIT(alice);
}

void Timelines::twoScriptsFail()
{
    QSEAMSTRESS_THREAD(alice, [] { return buy(QStringLiteral("milk")); });
    QSEAMSTRESS_THREAD(bob, [] { return buy(QStringLiteral("bread")); });
    QSEAMSTRESS_RUN_TO(alice, "paid");
    QSEAMSTRESS_ADVANCE(bob);
    QSEAMSTRESS_EXIT(bob);
    QSEAMSTRESS_EXIT(alice);
}

void Timelines::moreEventsThanAreShown()
{
    QSEAMSTRESS_THREAD(counter, []() -> QSeamstressScript {
        for (int i = 0; i < 50; ++i)
            co_yield QStringLiteral("counted %1").arg(i);
    });
    QSEAMSTRESS_RUN_TO(counter, "counted 51");
}

void Timelines::longNames()
{
    const QString point = QString(200, QLatin1Char('p'));
    QSeamstressThread first([&point]() -> QSeamstressScript { co_yield point; });
    first.setObjectName(QString(200, QLatin1Char('f')));
    QSeamstressThread second([]() -> QSeamstressScript { throw 1; co_return; });
    second.setObjectName(QString(200, QLatin1Char('s')));
    QSEAMSTRESS_ENTER(first);
    QSEAMSTRESS_ENTER(second);
}

void Timelines::afterAnotherTest()
{
    // The timeline does not show events of previous tests.
    QSEAMSTRESS_THREAD(alice, [] { return false; });
}

void Timelines::beforeAnyEvent()
{
    QSeamstressThread alice([] { return buy(QStringLiteral("milk")); });
    alice.setObjectName("alice");
    QSEAMSTRESS_EXIT(alice);
}

QTEST_GUILESS_MAIN(Timelines)
#include "main.moc"
