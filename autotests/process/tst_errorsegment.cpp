// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The shared memory in which a child process leaves its errors.

#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

#include <limits>
#include <vector>

#include "../../src/process/errorsegmentheader_p.h"
#include "../../src/process/frame_p.h"

using namespace QSeamstressPrivate;

namespace {

using Damage = void (*)(ErrorSegment::Header *);

// Private memory that a test can damage.
class Memory
{
public:
    static_assert(alignof(ErrorSegment::Header) <= alignof(quint64));
    explicit Memory(int size)
        : m_units((sizeof(ErrorSegment::Header) + size) / sizeof(quint64) + 1)
    {
        header()->magic = ErrorSegment::Header::expectedMagic;
        header()->version = protocolVersion;
    }
    ErrorSegment::Header *header() { return reinterpret_cast<ErrorSegment::Header *>(m_units.data()); }
    char *bytes() { return reinterpret_cast<char *>(m_units.data()); }

private:
    std::vector<quint64> m_units;
};

} // namespace

class TestErrorSegment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysNothingAtFirst();
    void tellsWhatWasNoted();
    void keepsTheStartOfLongTexts_data();
    void keepsTheStartOfLongTexts();
    void keepsTheLastPoint();
    void takesExactlyItsSize_data();
    void takesExactlyItsSize();
    void takesTheLastErrors();
    void isReadAfterItsWriterDied();
    void isMadeInPossibleSizesOnly_data();
    void isMadeInPossibleSizesOnly();
    void isAttachedOnlyIfItIsOne_data();
    void isAttachedOnlyIfItIsOne();
    void saysThatNoMemoryIsLeft();
    void isNotTrusted_data();
    void isNotTrusted();
    void survivesRandomBytes();

private:
    std::unique_ptr<ErrorSegment> create(int size)
    {
        std::unique_ptr<ErrorSegment> segment = ErrorSegment::create(size, &m_problem);
        if (segment)
            m_child = ErrorSegment::attach(segment->key(), size, &m_problem);
        return segment;
    }

    QString m_problem;
    std::unique_ptr<ErrorSegment> m_child;
};

void TestErrorSegment::init()
{
    m_problem.clear();
    m_child.reset();
}

void TestErrorSegment::saysNothingAtFirst()
{
    const auto segment = create(100);
    QVERIFY2(segment && m_child, qPrintable(m_problem));
    QCOMPARE(segment->size(), 100);

    const ErrorSegment::Report report = segment->read();
    QVERIFY(!report.blob);
    QCOMPARE(report.neededSize, 0);
    QCOMPARE(report.signal, 0);
    QCOMPARE(report.fatalText, QString());
    QVERIFY(report.lastPoint.isNull());
}

void TestErrorSegment::tellsWhatWasNoted()
{
    const auto segment = create(100);
    QVERIFY2(segment && m_child, qPrintable(m_problem));
    m_child->noteSignal(11);
    m_child->noteFatalText("ASSERT: \"größer\"");
    m_child->notePoint("gelöst");
    QVERIFY(m_child->writeErrors("errors"));

    const ErrorSegment::Report report = segment->read();
    QCOMPARE(report.blob, QByteArray("errors"));
    QCOMPARE(report.neededSize, 0);
    QCOMPARE(report.signal, 11);
    QCOMPARE(report.fatalText, "ASSERT: \"größer\"");
    QCOMPARE(report.lastPoint, "gelöst");
}

void TestErrorSegment::keepsTheStartOfLongTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("fatalText");
    QTest::addColumn<QString>("point");

    const QString a = "a";
    const QString umlaut = "ä"; // two bytes
    const QString clef = QString::fromUcs4(U"\U0001d11e"); // four
    QTest::newRow("fits-the-point") << a.repeated(256) << a.repeated(256) << a.repeated(256);
    QTest::newRow("one-more-than-the-point") << a.repeated(257) << a.repeated(257) << a.repeated(256);
    QTest::newRow("fits-the-text") << a.repeated(1024) << a.repeated(1024) << a.repeated(256);
    QTest::newRow("one-more-than-the-text") << a.repeated(1025) << a.repeated(1024) << a.repeated(256);
    QTest::newRow("ends-between-two-characters") << umlaut.repeated(600) << umlaut.repeated(512) << umlaut.repeated(128);
    QTest::newRow("ends-inside-a-character") << a + umlaut.repeated(600) << a + umlaut.repeated(511) << a + umlaut.repeated(127);
    QTest::newRow("ends-inside-a-long-character") << a + clef.repeated(600) << a + clef.repeated(255) << a + clef.repeated(63);
}

void TestErrorSegment::keepsTheStartOfLongTexts()
{
    QFETCH(QString, text);
    QFETCH(QString, fatalText);
    QFETCH(QString, point);

    const auto segment = create(1);
    QVERIFY2(segment && m_child, qPrintable(m_problem));
    m_child->noteFatalText(text);
    m_child->notePoint(text);
    QCOMPARE(segment->read().fatalText, fatalText);
    QCOMPARE(segment->read().lastPoint, point);
}

void TestErrorSegment::keepsTheLastPoint()
{
    const auto segment = create(1);
    QVERIFY2(segment && m_child, qPrintable(m_problem));
    for (const QString &point : { QString("a longer name"), QString("b"), QString("third"), QString("") }) {
        m_child->notePoint(point);
        QCOMPARE(segment->read().lastPoint, point);
        QVERIFY(!segment->read().lastPoint.isNull());
    }
}

void TestErrorSegment::takesExactlyItsSize_data()
{
    QTest::addColumn<int>("size");

    QTest::newRow("a-byte") << 1;
    QTest::newRow("an-odd-number") << 4711;
    QTest::newRow("the-default") << 65536;
    QTest::newRow("megabytes") << 3 * 1024 * 1024;
}

void TestErrorSegment::takesExactlyItsSize()
{
    QFETCH(int, size);

    const QByteArray exact(size, 'e');
    auto segment = create(size);
    QVERIFY2(segment && m_child, qPrintable(m_problem));
    QVERIFY(m_child->writeErrors(exact));
    QCOMPARE(segment->read().blob, exact);

    const QByteArray larger = exact + 'r';
    QVERIFY(!m_child->writeErrors(larger));
    const ErrorSegment::Report report = segment->read();
    QVERIFY(!report.blob);
    QCOMPARE(report.neededSize, size + 1);

    segment = create(report.neededSize);
    QVERIFY2(segment && m_child, qPrintable(m_problem));
    QVERIFY(m_child->writeErrors(larger));
    QCOMPARE(segment->read().blob, larger);
}

void TestErrorSegment::takesTheLastErrors()
{
    const auto segment = create(10);
    QVERIFY2(segment && m_child, qPrintable(m_problem));
    QVERIFY(!m_child->writeErrors("far too long"));
    QVERIFY(m_child->writeErrors("shorter"));
    QCOMPARE(segment->read().blob, QByteArray("shorter"));
    QCOMPARE(segment->read().neededSize, 0);
    QVERIFY(m_child->writeErrors(""));
    QCOMPARE(segment->read().blob, QByteArray(""));
}

void TestErrorSegment::isReadAfterItsWriterDied()
{
    const auto segment = ErrorSegment::create(1000, &m_problem);
    QVERIFY2(segment, qPrintable(m_problem));
    QProcess writer;
    writer.start(ERRORSEGMENTS_PATH, { "write-and-abort", segment->key(), "1000" });
    QVERIFY2(writer.waitForFinished(), qPrintable(writer.errorString()));
    QCOMPARE(writer.exitStatus(), QProcess::CrashExit);

    const ErrorSegment::Report report = segment->read();
    QCOMPARE(report.blob, QByteArray("errors of another process"));
    QCOMPARE(report.fatalText, "its last words");
    QCOMPARE(report.lastPoint, "its last point");
    QCOMPARE(report.signal, 6);
}

void TestErrorSegment::isMadeInPossibleSizesOnly_data()
{
    QTest::addColumn<int>("size");

    QTest::newRow("nothing") << 0;
    QTest::newRow("less-than-nothing") << -1;
    QTest::newRow("least") << std::numeric_limits<int>::min();
    QTest::newRow("no-room-for-the-header") << std::numeric_limits<int>::max();
}

void TestErrorSegment::isMadeInPossibleSizesOnly()
{
    QFETCH(int, size);

    const QString start = QString("The size of the shared memory for errors must be 1 to ");
    const QString end = QString("bytes, not %1; call setSharedMemorySize() with a size in this range.").arg(size);
    QVERIFY(!ErrorSegment::create(size, &m_problem));
    QVERIFY2(m_problem.startsWith(start) && m_problem.endsWith(end), qPrintable(m_problem));
    m_problem.clear();
    const auto segment = ErrorSegment::create(1, &m_problem);
    QVERIFY2(segment, qPrintable(m_problem));
    QVERIFY(!ErrorSegment::attach(segment->key(), size, &m_problem));
    QVERIFY2(m_problem.startsWith(start) && m_problem.endsWith(end), qPrintable(m_problem));
}

void TestErrorSegment::isAttachedOnlyIfItIsOne_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<int>("largerBy");
    QTest::addColumn<bool>("isAttached");

    const Damage none = [](ErrorSegment::Header *) {};
    const Damage magic = [](ErrorSegment::Header *header) { header->magic = 0; };
    const Damage version = [](ErrorSegment::Header *header) { header->version = protocolVersion + 1; };
    QTest::newRow("as-made") << none << 0 << true;
    QTest::newRow("of-a-stranger") << magic << 0 << false;
    QTest::newRow("of-another-version") << version << 0 << false;
    QTest::newRow("smaller-than-said") << none << 1024 * 1024 << false;
}

void TestErrorSegment::isAttachedOnlyIfItIsOne()
{
    QFETCH(Damage, damage);
    QFETCH(int, largerBy);
    QFETCH(bool, isAttached);

    const auto segment = ErrorSegment::create(100, &m_problem);
    QVERIFY2(segment, qPrintable(m_problem));
    QSharedMemory memory;
    memory.setNativeKey(segment->key());
    QVERIFY2(memory.attach(), qPrintable(memory.errorString()));
    damage(static_cast<ErrorSegment::Header *>(memory.data()));

    QCOMPARE(ErrorSegment::attach(segment->key(), 100 + largerBy, &m_problem) != nullptr, isAttached);
    QCOMPARE(m_problem.contains("was not created by this version of QSeamstress"), !isAttached);
    m_problem.clear();
    QVERIFY(!ErrorSegment::attach(segment->key() + "x", 100, &m_problem));
    QVERIFY2(m_problem.contains("Cannot attach to the shared memory for errors ("), qPrintable(m_problem));
}

void TestErrorSegment::saysThatNoMemoryIsLeft()
{
    if (QStandardPaths::findExecutable("unshare").isEmpty())
        QSKIP("This test needs the program unshare.");
    // 77: the system does not permit this test.
    const QString script = "echo 0 > /proc/sys/kernel/shmmni || exit 77; exec \"$0\" create 100";
    QProcess program;
    program.start("unshare", { "--ipc", "sh", "-c", script, ERRORSEGMENTS_PATH });
    QVERIFY2(program.waitForFinished(), qPrintable(program.errorString()));
    const QString output = program.readAllStandardOutput();
    if (!output.contains("shared memory"))
        QSKIP(qPrintable("This system does not permit it: " + program.readAllStandardError()));
    QVERIFY2(output.startsWith("Creating shared memory of ") && output.contains("ipcs -m") && output.contains("kernel.shmmni"), qPrintable(output));
}

void TestErrorSegment::isNotTrusted_data()
{
    using Header = ErrorSegment::Header;
    QTest::addColumn<Damage>("damage");

    const auto addRow = [](const char *name, Damage damage) { QTest::newRow(name) << damage; };
    addRow("magic", [](Header *header) { header->magic = 1; header->signal = 9; });
    addRow("version", [](Header *header) { header->version = protocolVersion + 1; header->signal = 9; });
    addRow("state", [](Header *header) { header->state = 3; header->usedSize = 5; });
    addRow("one-byte-more-than-there-is", [](Header *header) { header->state = Header::Written; header->usedSize = 101; });
    addRow("most-bytes", [](Header *header) { header->state = Header::Written; header->usedSize = 0xffffffff; });
    addRow("needs-less-than-there-is", [](Header *header) { header->state = Header::TooLarge; header->neededSize = 100; });
    addRow("text-of-no-number", [](Header *header) { header->fatalText.current = 3; header->fatalText.copies[1].size = 5; });
    addRow("point-of-no-number", [](Header *header) { header->point.current = 0xffffffff; });
}

void TestErrorSegment::isNotTrusted()
{
    QFETCH(Damage, damage);

    Memory memory(100);
    damage(memory.header());
    const ErrorSegment::Report report = ErrorSegment::read(memory.header(), 100);
    QVERIFY(!report.blob);
    QCOMPARE(report.neededSize, 0);
    QCOMPARE(report.signal, 0);
    QCOMPARE(report.fatalText, QString());
    QVERIFY(report.lastPoint.isNull());
}

void TestErrorSegment::survivesRandomBytes()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 2000; ++round) {
        Memory memory(100);
        char *begin = memory.bytes() + (round % 2 == 0 ? 0 : 2 * sizeof(quint32)); // with and without magic and version
        for (char *byte = begin; byte != memory.bytes() + sizeof(ErrorSegment::Header) + 100; ++byte)
            *byte = static_cast<char>(random.bounded(256));
        memory.header()->state = random.bounded(3);
        memory.header()->fatalText.current = random.bounded(4);
        memory.header()->point.current = random.bounded(4);

        const ErrorSegment::Report report = ErrorSegment::read(memory.header(), 100);
        QVERIFY(!report.blob || report.blob->size() <= 100);
        QVERIFY(report.neededSize == 0 || report.neededSize > 100);
        QVERIFY(report.fatalText.size() <= 1024);
        QVERIFY(report.lastPoint.size() <= 256);
    }
}

QTEST_APPLESS_MAIN(TestErrorSegment)

#include "tst_errorsegment.moc"
