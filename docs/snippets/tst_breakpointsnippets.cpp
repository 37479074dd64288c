// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Code shown in the documentation of breakpoints.

#include <QSeamstressPausePoint>
#include <QSeamstressTest>

#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>

//! [code under test]
class Downloader
{
public:
    void start()
    {
        m_thread.reset(QThread::create([this] {
            while (!m_stops) {
                QSEAMSTRESS_PAUSE_POINT("next part", m_parts);
                ++m_parts;
            }
        }));
        m_thread->start();
    }
    void stop() { m_stops = true; }
    int parts() const { return m_parts; }
    ~Downloader()
    {
        stop();
        m_thread->wait();
    }

private:
    std::unique_ptr<QThread> m_thread;
    std::atomic<bool> m_stops = false;
    std::atomic<int> m_parts = 0;
};
//! [code under test]

//! [action code]
static QStringList saved;
static void save(const QStringList &items)
{
    for (const QString &item : items) {
        QSEAMSTRESS_PAUSE_POINT("saving");
        saved.append(item);
    }
}
//! [action code]

class TestBreakpointSnippets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopsInTheMiddle();
    void isDestroyedInTheMiddle();
    void actsInTheMiddle();
};

void TestBreakpointSnippets::stopsInTheMiddle()
{
    //! [breakpoint]
    Downloader downloader;
    QSeamstressBreakpoint nextPart("next part");
    nextPart.setIgnoreCount(2);
    downloader.start();
    QSEAMSTRESS_WAIT_FOR_HIT(nextPart); // its thread is paused before the third part
    QCOMPARE(nextPart.value().toInt(), 2);
    downloader.stop();
    nextPart.disarm(); // lets the thread continue
    //! [breakpoint]
    QTRY_COMPARE(downloader.parts(), 3);
}

void TestBreakpointSnippets::isDestroyedInTheMiddle()
{
    if (!QSeamstressThread::isActivityAvailable())
        QSKIP("This system does not report what a thread does.");
    //! [destructor]
    auto downloader = std::make_unique<Downloader>();
    QSeamstressBreakpoint nextPart("next part");
    downloader->start();
    QSEAMSTRESS_WAIT_FOR_HIT(nextPart);
    QSeamstressThread destroyer([&downloader] { downloader.reset(); });
    destroyer.start();
    QVERIFY(destroyer.waitForBlocked()); // in QThread::wait()
    nextPart.disarm();
    QVERIFY(destroyer.waitForFinished());
    //! [destructor]
}

void TestBreakpointSnippets::actsInTheMiddle()
{
    //! [action]
    QSeamstressBreakpoint saving("saving");
    saving.setIgnoreCount(1);
    saving.setAction([] { saved.clear(); }); // as if the user had closed the document
    save({ "first", "second" });
    QSEAMSTRESS_WAIT_FOR_HIT(saving);
    QCOMPARE(saved, QStringList({ "second" }));
    //! [action]
}

QTEST_GUILESS_MAIN(TestBreakpointSnippets)
#include "tst_breakpointsnippets.moc"
