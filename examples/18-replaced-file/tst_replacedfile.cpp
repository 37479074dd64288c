// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A file that is replaced after another thread or process has read half of it.

#include <QSeamstressTest>

#include <QTemporaryDir>
#include <QTest>

#include "letter.h"

class TestReplacedFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { overwriteLetter(m_path, oldLetter); }
    void isReadAsItWas();
    void isReadAsItWasByAnotherProcess();
    void isMixedIfItIsOverwritten();
    void isReadAsItWasIfItIsRemoved();

private:
    static inline const Letter oldLetter{ "to Alice", "you are paid" };
    static inline const Letter newLetter{ "to Robert", "you are not" };

    const QTemporaryDir m_folder;
    const QString m_path = m_folder.filePath("letter");
};

//! [reader]
static void readSlowly(QString path)
{
    const Letter letter = readLetter(path); // pauses at "half of it"
    QSeamstress::pause("read", QVariant(QStringList{ letter.address, letter.text }));
}
//! [reader]

static Letter letterOf(const QSeamstressExecutor &reader)
{
    const QStringList lines = reader.pauseValue().toStringList();
    return { lines.value(0), lines.value(1) };
}

//! [replaced]
void TestReplacedFile::isReadAsItWas()
{
    QSEAMSTRESS_THREAD(reader, [this] { readSlowly(m_path); });
    replaceLetter(m_path, newLetter);
    QSEAMSTRESS_ADVANCE(reader);
    QCOMPARE(letterOf(reader), oldLetter);
    QCOMPARE(readLetter(m_path), newLetter);
}
//! [replaced]

void TestReplacedFile::isReadAsItWasByAnotherProcess()
{
    QSEAMSTRESS_PROCESS(reader, &readSlowly, m_path);
    replaceLetter(m_path, newLetter);
    QSEAMSTRESS_ADVANCE(reader);
    QCOMPARE(letterOf(reader), oldLetter);
}

void TestReplacedFile::isMixedIfItIsOverwritten()
{
    QSEAMSTRESS_PROCESS(reader, &readSlowly, m_path);
    overwriteLetter(m_path, newLetter);
    QSEAMSTRESS_ADVANCE(reader);
    QCOMPARE(letterOf(reader).address, oldLetter.address);
    QVERIFY(letterOf(reader).text != oldLetter.text);
}

void TestReplacedFile::isReadAsItWasIfItIsRemoved()
{
    QSEAMSTRESS_THREAD(reader, [this] { readSlowly(m_path); });
    QVERIFY(QFile::remove(m_path));
    QSEAMSTRESS_ADVANCE(reader);
    QCOMPARE(letterOf(reader), oldLetter);
}

QTEST_GUILESS_MAIN(TestReplacedFile)
#include "tst_replacedfile.moc"
