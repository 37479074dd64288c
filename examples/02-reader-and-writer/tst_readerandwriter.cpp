// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A reader that is blocked by a writer, and the other way round. The tests prove it: they depend neither on luck nor on a sleep.

#include <QSeamstressTest>

#include <QTest>

#include "pricelist.h"

class TestReaderAndWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readerWaitsForTheWriter();
    void writerWaitsForTheReader();
    void readersDoNotWaitForEachOther();
};

void TestReaderAndWriter::readerWaitsForTheWriter()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    PriceList prices;
    int gross = 0;
    QSeamstressThread writer([&] { prices.set(200, 238); });
    writer.setObjectName("writer");
    QSeamstressThread reader([&] { gross = prices.gross(); });
    reader.setObjectName("reader");

    QSEAMSTRESS_ENTER(writer); // net is the new price, gross still the old one
    QCOMPARE(writer.pausePoint(), "half written");
    reader.start();
    QVERIFY2(reader.waitForBlockedOn(prices.mutex()), qPrintable(reader.errorString()));
    QCOMPARE(gross, 0); // the reader has not seen the half-written prices

    QSEAMSTRESS_EXIT(writer);
    QVERIFY2(reader.waitForPaused(), qPrintable(reader.errorString()));
    QSEAMSTRESS_EXIT(reader);
    QCOMPARE(gross, 238);
}

void TestReaderAndWriter::writerWaitsForTheReader()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    PriceList prices;
    QSeamstressThread reader([&] { return prices.gross() == 119; });
    reader.setObjectName("reader");
    QSeamstressThread writer([&] { prices.set(200, 238); });
    writer.setObjectName("writer");

    QSEAMSTRESS_ENTER(reader);
    QCOMPARE(reader.pausePoint(), "reading");
    writer.start();
    QVERIFY2(writer.waitForBlockedOn(prices.mutex()), qPrintable(writer.errorString()));
    QSEAMSTRESS_EXIT(reader); // fails if the reader saw the new price
    QVERIFY2(writer.waitForPaused(), qPrintable(writer.errorString()));
    QSEAMSTRESS_EXIT(writer);
    QCOMPARE(prices.gross(), 238);
}

void TestReaderAndWriter::readersDoNotWaitForEachOther()
{
    PriceList prices;
    QSEAMSTRESS_THREAD(reader, [&] { return prices.gross() == 119; });
    QCOMPARE(prices.net(), 100); // does not block while the other reader holds the lock
}

QTEST_GUILESS_MAIN(TestReaderAndWriter)
#include "tst_readerandwriter.moc"
