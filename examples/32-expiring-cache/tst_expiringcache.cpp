// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A cache whose entries expire after ten minutes: they are there until the last nanosecond, whatever happens to the wall clock.
// Without virtual time: Clock is a fake in the test, and nobody tests the cache with the real one.

#include <QSeamstressClock>

#include <QDateTime>
#include <QTest>

#include <chrono>

#include "expiringcache.h"

using namespace std::chrono_literals;

class TestExpiringCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expiresAfterTenMinutes();
    void eachEntryHasItsOwnTime();
    void wallClockIsSetBack();
    void cacheWithTheWallClockIsFoundOut();
};

void TestExpiringCache::expiresAfterTenMinutes()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    ExpiringCache<> cache;
    cache.insert("weather", "sun");
    QSEAMSTRESS_ADVANCE_TIME(clock, 10min - 1ns);
    QCOMPARE(cache.value("weather"), "sun");
    QSEAMSTRESS_ADVANCE_TIME(clock, 1ns);
    QVERIFY(cache.value("weather").isNull());
    QCOMPARE(clock.elapsed(), 10min);
}

void TestExpiringCache::eachEntryHasItsOwnTime()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    ExpiringCache<> cache;
    cache.insert("weather", "sun");
    cache.insert("news", "none");
    QSEAMSTRESS_ADVANCE_TIME(clock, 9min);
    cache.insert("weather", "rain");
    QSEAMSTRESS_ADVANCE_TIME(clock, 1min);
    cache.removeExpired();
    QCOMPARE(cache.size(), 1);
    QCOMPARE(cache.value("weather"), "rain");
    QSEAMSTRESS_ADVANCE_TIME(clock, 9min);
    cache.removeExpired();
    QCOMPARE(cache.size(), 0);
    QCOMPARE(clock.elapsed(), 19min);
}

static QDateTime today(const char *time)
{
    return QDateTime::fromString(QStringLiteral("2026-10-25T%1:00Z").arg(time), Qt::ISODate);
}

// Whether an entry is still there ten minutes after it was inserted, if the wall clock is set back by an hour in between.
template <class Cache>
static bool outlivesItsTime(QSeamstressClock &clock)
{
    clock.setDateTime(today("12:00"));
    Cache cache;
    cache.insert("weather", "sun");
    clock.setDateTime(today("11:00"));
    clock.advance(10min);
    return !cache.value("weather").isNull();
}

void TestExpiringCache::wallClockIsSetBack()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    QVERIFY(!outlivesItsTime<ExpiringCache<>>(clock));
    QCOMPARE(QDateTime::currentDateTimeUtc(), today("11:10"));
}

void TestExpiringCache::cacheWithTheWallClockIsFoundOut()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    QVERIFY(outlivesItsTime<ExpiringCache<std::chrono::system_clock>>(clock)); // by an hour
}

QTEST_GUILESS_MAIN(TestExpiringCache)
#include "tst_expiringcache.moc"
