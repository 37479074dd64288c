// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A producer and a consumer that share a bounded buffer. The tests prove which thread is blocked, and on which semaphore.

#include <QSeamstressTest>

#include <QTest>

#include "boundedbuffer.h"

class TestBoundedBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void producerWaitsWhileItIsFull();
    void consumerWaitsWhileItIsEmpty();
    void bothInTurn();
};

void TestBoundedBuffer::initTestCase()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
}

void TestBoundedBuffer::producerWaitsWhileItIsFull()
{
    BoundedBuffer buffer(2);
    QSeamstressThread producer([&] {
        for (int item = 1; item <= 3; ++item)
            buffer.put(item);
    });
    producer.setObjectName("producer");
    producer.start();
    QVERIFY2(producer.waitForBlockedOn(buffer.freePlaces()), qPrintable(producer.errorString()));
    QCOMPARE(buffer.usedPlaces()->available(), 2);

    QCOMPARE(buffer.take(), 1);
    QVERIFY2(producer.waitForFinished(), qPrintable(producer.errorString()));
    QCOMPARE(buffer.take(), 2);
    QCOMPARE(buffer.take(), 3);
}

void TestBoundedBuffer::consumerWaitsWhileItIsEmpty()
{
    BoundedBuffer buffer(2);
    int taken = 0;
    QSeamstressThread consumer([&] { taken = buffer.take(); });
    consumer.setObjectName("consumer");
    consumer.start();
    QVERIFY2(consumer.waitForBlockedOn(buffer.usedPlaces()), qPrintable(consumer.errorString()));

    buffer.put(7);
    QVERIFY2(consumer.waitForFinished(), qPrintable(consumer.errorString()));
    QCOMPARE(taken, 7);
}

void TestBoundedBuffer::bothInTurn()
{
    BoundedBuffer buffer(1);
    QList<int> taken;
    QSeamstressThread producer([&] {
        buffer.put(1);
        buffer.put(2); // blocks: the buffer is full
        QSeamstress::pause("has put 2");
    });
    producer.setObjectName("producer");
    QSeamstressThread consumer([&] {
        taken.append(buffer.take());
        QSeamstress::pause("has taken 1");
        taken.append(buffer.take());
        taken.append(buffer.take()); // blocks: the buffer is empty
    });
    consumer.setObjectName("consumer");

    producer.start();
    QVERIFY2(producer.waitForBlockedOn(buffer.freePlaces()), qPrintable(producer.errorString()));
    QSEAMSTRESS_ENTER(consumer);
    QVERIFY2(producer.waitForPaused(), qPrintable(producer.errorString()));
    consumer.finish();
    QVERIFY2(consumer.waitForBlockedOn(buffer.usedPlaces()), qPrintable(consumer.errorString()));
    buffer.put(3);
    QSEAMSTRESS_EXIT(consumer);
    QCOMPARE(taken, QList<int>({ 1, 2, 3 }));
    QSEAMSTRESS_EXIT(producer);
}

QTEST_GUILESS_MAIN(TestBoundedBuffer)
#include "tst_boundedbuffer.moc"
