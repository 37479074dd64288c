// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressNamespace>
#include <QSeamstressVersion>

#include <QTest>

class TestVersion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isThatOfTheHeaders();
    void canBeCompared();
};

void TestVersion::isThatOfTheHeaders()
{
    QCOMPARE(QSeamstress::version().toString(), QSEAMSTRESS_VERSION_STR);
    QCOMPARE(QSeamstress::version(), QVersionNumber(QSEAMSTRESS_VERSION_MAJOR, QSEAMSTRESS_VERSION_MINOR, QSEAMSTRESS_VERSION_PATCH));
    QCOMPARE(QLatin1String(QSEAMSTRESS_VERSION_STR), QLatin1String(VERSION_OF_PROJECT));
}

void TestVersion::canBeCompared()
{
#if QSEAMSTRESS_VERSION < QT_VERSION_CHECK(0, 1, 0) || QSEAMSTRESS_VERSION >= QT_VERSION_CHECK(QSEAMSTRESS_VERSION_MAJOR, QSEAMSTRESS_VERSION_MINOR + 1, 0)
    QFAIL(QSEAMSTRESS_VERSION_STR);
#endif
}

QTEST_GUILESS_MAIN(TestVersion)
#include "tst_version.moc"
