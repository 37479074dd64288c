// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Scripts with the same names, in the anonymous namespaces of several files of one program. Each of them is found.

#include <QSeamstressTest>

#include <QTest>

#include "arrivals.h"
#include "translationunits.h"

class TestTranslationUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void runsItsOwn_data();
    void runsItsOwn();
};

void TestTranslationUnits::initTestCase()
{
    Arrivals::note();
}

void TestTranslationUnits::cleanup()
{
    QCOMPARE(Arrivals::count(), 1);
}

void TestTranslationUnits::runsItsOwn_data()
{
    QTest::addColumn<QString>("form");
    for (const char *form : { "function", "object", "config", "lambda" })
        QTest::newRow(form) << form;
}

void TestTranslationUnits::runsItsOwn()
{
    QFETCH(const QString, form);
    const auto first = processOfFirst(form);
    const auto second = processOfSecond(form);
    QVERIFY2(first->enter(), qPrintable(first->errorString()));
    QVERIFY2(second->enter(), qPrintable(second->errorString()));
    QCOMPARE(first->pausePoint(), "first");
    QCOMPARE(second->pausePoint(), "second");
    QVERIFY(first->exit());
    QVERIFY(second->exit());
}

QTEST_GUILESS_MAIN(TestTranslationUnits)
#include "tst_translationunits.moc"
