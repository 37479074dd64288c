// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Each file states its copyright and licence, in its head, or in REUSE.toml if it cannot have a head. See https://reuse.software.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

static const QString root = QStringLiteral(QSEAMSTRESS_SOURCE_DIR "/");

class TestLicenses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileSaysItsLicense_data();
    void fileSaysItsLicense();
    void patternsAreNeeded();
    void licenseIsThere();
};

static QByteArray contentOf(const QString &path)
{
    QFile file(root + path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static bool hasHead(const QString &path)
{
    const QByteArray head = contentOf(path).left(300);
    return head.contains("SPDX-FileCopyrightText: ") && head.contains("SPDX-License-Identifier: MIT");
}

// All files of the project, relative to the root, without build results and personal files.
static QStringList allFiles()
{
    QStringList files = QDir(root).entryList(QDir::Files | QDir::Hidden);
    files.removeIf([](const QString &file) { return file.endsWith(QLatin1String(".user")) || file == QLatin1String("CMakeUserPresets.json") || file == QLatin1String(".git"); });
    for (const char *folder : { ".ci", "autotests", "benchmarks", "cmake", "docs", "examples", "include", "scripts", "src" }) {
        QDirIterator it(root + QLatin1String(folder), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext())
            files.append(QDir(root).relativeFilePath(it.next()));
    }
    files.removeOne(QStringLiteral("LICENSE"));
    return files;
}

// The paths that REUSE.toml lists.
static QStringList patterns()
{
    static const QRegularExpression list(QStringLiteral("^path = \\[(.*)\\]$"), QRegularExpression::MultilineOption);
    static const QRegularExpression item(QStringLiteral("\"([^\"]*)\""));
    QStringList patterns;
    const QString text = QString::fromUtf8(contentOf(QStringLiteral("REUSE.toml")));
    for (const QRegularExpressionMatch &listed : list.globalMatch(text)) {
        for (const QRegularExpressionMatch &match : item.globalMatch(listed.captured(1)))
            patterns.append(match.captured(1));
    }
    return patterns;
}

static bool matches(const QString &pattern, const QString &file)
{
    return QRegularExpression(QRegularExpression::wildcardToRegularExpression(pattern)).match(file).hasMatch();
}

void TestLicenses::fileSaysItsLicense_data()
{
    QTest::addColumn<QString>("file");
    for (const QString &file : allFiles())
        QTest::addRow("%s", qPrintable(file)) << file;
}

void TestLicenses::fileSaysItsLicense()
{
    QFETCH(const QString, file);
    const QStringList all = patterns();
    const bool isListed = std::any_of(all.begin(), all.end(), [&file](const QString &pattern) { return matches(pattern, file); });
    QVERIFY2(hasHead(file) || isListed, "Add the two SPDX- lines at the top, as in other files, or list the file in REUSE.toml.");
}

void TestLicenses::patternsAreNeeded()
{
    const QStringList files = allFiles();
    QVERIFY(!patterns().isEmpty());
    for (const QString &pattern : patterns()) {
        const bool isNeeded = std::any_of(files.begin(), files.end(), [&pattern](const QString &file) { return matches(pattern, file) && !hasHead(file); });
        QVERIFY2(isNeeded, qPrintable(pattern));
    }
}

void TestLicenses::licenseIsThere()
{
    QVERIFY(contentOf(QStringLiteral("LICENSE")).startsWith("MIT License\n"));
    QCOMPARE(contentOf(QStringLiteral("LICENSES/MIT.txt")), contentOf(QStringLiteral("LICENSE")));
}

QTEST_APPLESS_MAIN(TestLicenses)
#include "tst_licenses.moc"
