// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A client that retries with exponential back-off. An hour with 1,000 retries takes a few milliseconds, and each time is exact.
// Without virtual time: the delays are parameters, 1 ms long in the test, and no test asserts how long the client waits.

#include <QSeamstressClock>

#include <QSignalSpy>
#include <QTest>

#include <chrono>

#include "deliveryclient.h"

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

class TestRetriesWithBackOff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doublesTheDelayUpToTheLimit();
    void retriesForAnHour();
    void startsAnewWithEachMessage();
};

// Refuses a number of messages before it accepts one, and records when each of them arrives.
class Server
{
public:
    Server(const QSeamstressClock &clock, int refusals)
        : m_clock(clock)
        , m_refusals(refusals)
    {
    }
    bool receive()
    {
        m_times.append(m_clock.elapsed());
        return m_times.size() > m_refusals;
    }
    QList<nanoseconds> times() const { return m_times; }

private:
    const QSeamstressClock &m_clock;
    const int m_refusals;
    QList<nanoseconds> m_times;
};

void TestRetriesWithBackOff::doublesTheDelayUpToTheLimit()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    Server server(clock, 1000);
    DeliveryClient client([&server](const QByteArray &) { return server.receive(); });
    client.deliver("order 17");
    QSEAMSTRESS_ADVANCE_TIME(clock, 13'500ms);
    QCOMPARE(server.times(), QList<nanoseconds>({ 0ms, 100ms, 300ms, 700ms, 1500ms, 3100ms, 6300ms, 9900ms, 13'500ms }));
}

void TestRetriesWithBackOff::retriesForAnHour()
{
    QSeamstressClock clock;
    Server server(clock, 1000);
    DeliveryClient client([&server](const QByteArray &) { return server.receive(); });
    QSignalSpy delivered(&client, &DeliveryClient::delivered);
    client.deliver("order 17");
    QVERIFY(delivered.wait(3'600'000));
    QCOMPARE(server.times().size(), 1001); // one attempt and 1,000 retries
    QCOMPARE(server.times().last(), 59min + 44'700ms); // 6 delays of 6.3 s together, and 994 of 3.6 s
    QCOMPARE(clock.elapsed(), 59min + 44'700ms);
}

void TestRetriesWithBackOff::startsAnewWithEachMessage()
{
    QSeamstressClock clock(QSeamstressClock::Manual);
    Server server(clock, 7);
    DeliveryClient client([&server](const QByteArray &) { return server.receive(); });
    client.deliver("order 17");
    QSEAMSTRESS_ADVANCE_TIME(clock, 6s); // the next retry is due in 0.3 s
    client.deliver("order 18");
    QVERIFY(clock.advanceUntilIdle(1h));
    QCOMPARE(server.times(), QList<nanoseconds>({ 0ms, 100ms, 300ms, 700ms, 1500ms, 3100ms, 6000ms, 6100ms }));
}

QTEST_GUILESS_MAIN(TestRetriesWithBackOff)
#include "tst_retrieswithbackoff.moc"
