// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The folders of the library include each other in one direction only, as the table in CONTRIBUTING.md says.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QTest>

class TestFolders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tableHasEachFolder();
    void includes_data();
    void includes();
    void platformKnowsNoClass();

private:
    QHash<QString, int> m_rows; // the row of each folder in the table, from the top
};

static const QDir root(QSEAMSTRESS_SOURCE_DIR);

static QStringList linesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split('\n') : QStringList();
}

// The quoted names after #include in all files of a folder of src, each preceded by the path of the file.
static QStringList includesOf(const QString &folder)
{
    static const QRegularExpression include("^#\\s*include \"(.*)\"$");
    QStringList includes;
    for (QDirIterator files(root.filePath("src/" + folder), { "*.h", "*.cpp" }); files.hasNext();) {
        const QString file = files.next();
        for (const QString &line : linesOf(file)) {
            if (const QRegularExpressionMatch match = include.match(line); match.hasMatch())
                includes.append(root.relativeFilePath(file) + ": " + match.captured(1));
        }
    }
    return includes;
}

void TestFolders::initTestCase()
{
    static const QRegularExpression row("^\\| (`src/[^|]*) \\|");
    static const QRegularExpression folder("`src/(\\w+)/`");
    int number = 0;
    for (const QString &line : linesOf(root.filePath("CONTRIBUTING.md"))) {
        if (!row.match(line).hasMatch())
            continue;
        ++number;
        for (auto folders = folder.globalMatch(row.match(line).captured(1)); folders.hasNext();)
            m_rows.insert(folders.next().captured(1), number);
    }
}

void TestFolders::tableHasEachFolder()
{
    QStringList inTable = m_rows.keys();
    inTable.sort();
    QCOMPARE(inTable, QDir(root.filePath("src")).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name));
}

void TestFolders::includes_data()
{
    QTest::addColumn<QString>("folder");
    for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row)
        QTest::newRow(qPrintable(row.key())) << row.key();
}

void TestFolders::includes()
{
    QFETCH(const QString, folder);
    static const QRegularExpression other("\\.\\./(\\w+)/");
    const QStringList includes = includesOf(folder);
    QVERIFY(!includes.isEmpty());
    for (const QString &include : includes) {
        const QRegularExpressionMatch match = other.match(include);
        if (match.hasMatch())
            QVERIFY2(m_rows.value(match.captured(1)) > m_rows.value(folder), qPrintable(include));
    }
}

void TestFolders::platformKnowsNoClass()
{
    for (const QString &include : includesOf("platform"))
        QVERIFY2(include.endsWith("_p.h"), qPrintable(include));
}

QTEST_GUILESS_MAIN(TestFolders)
#include "tst_folders.moc"
