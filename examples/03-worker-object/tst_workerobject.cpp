// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A worker object in a thread with an event loop, paused between two of its slots.

#include <QSeamstressTest>

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include "importer.h"

class TestWorkerObject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void storesWhatItHasParsed();
    void storesNothingIfItIsCancelledInBetween();
    void answersWhileItIsPaused();
};

// Runs the importer in an event loop until it is done, and pauses between parse() and store().
static void import(Importer **importer)
{
    Importer made;
    *importer = &made;
    QEventLoop loop;
    QObject::connect(&made, &Importer::parsed, &made, [] { QSeamstress::pause("parsed"); });
    QObject::connect(&made, &Importer::done, &loop, &QEventLoop::quit);
    QTimer::singleShot(0, &made, [&made] { made.parse("one\ntwo"); });
    loop.exec();
    QSeamstress::pause("done", made.stored());
}

void TestWorkerObject::storesWhatItHasParsed()
{
    Importer *importer = nullptr;
    QSeamstressThread worker([&importer] { import(&importer); });
    worker.setObjectName("importer");
    QSEAMSTRESS_ENTER(worker);
    QCOMPARE(worker.pausePoint(), "parsed");
    QCOMPARE(importer->stored(), 0);
    QSEAMSTRESS_ADVANCE(worker);
    QCOMPARE(worker.pauseValue().toInt(), 2);
}

void TestWorkerObject::storesNothingIfItIsCancelledInBetween()
{
    Importer *importer = nullptr;
    QSeamstressThread worker([&importer] { import(&importer); });
    worker.setObjectName("importer");
    QSEAMSTRESS_ENTER(worker);
    importer->cancel(); // exactly here: after parse(), before store()
    QSEAMSTRESS_ADVANCE(worker);
    QCOMPARE(worker.pausePoint(), "done");
    QCOMPARE(worker.pauseValue().toInt(), 0);
}

void TestWorkerObject::answersWhileItIsPaused()
{
    Importer *importer = nullptr;
    QSeamstressThread worker([&importer] { import(&importer); });
    worker.setObjectName("importer");
    worker.setPauseMode(QSeamstressThread::RunEventLoop); // the thread processes events while it is paused
    QSEAMSTRESS_ENTER(worker);
    int stored = -1;
    QMetaObject::invokeMethod(importer, &Importer::stored, Qt::BlockingQueuedConnection, &stored);
    QCOMPARE(stored, 2); // store() ran first, since it was queued first
    QSEAMSTRESS_RUN_TO(worker, "done");
    QCOMPARE(worker.pauseValue().toInt(), 2);
}

QTEST_GUILESS_MAIN(TestWorkerObject)
#include "tst_workerobject.moc"
