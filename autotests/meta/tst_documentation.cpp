// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The documentation contains no code of its own. Each block is a region of a file that is compiled and tested. In Markdown, the block
// is a copy, which is compared here; in qdoc, it is a \snippet, whose existence is checked here.
//
// A region is delimited by two lines //! [name]; in CMake files, by #! [name], as qdoc expects it, or # [name].

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

static const QString root = QStringLiteral(QSEAMSTRESS_SOURCE_DIR "/");

// A fenced block of a Markdown file, and the line before it.
struct Block
{
    QString language;
    QString lineBefore;
    QStringList lines;
    int line;
};

class TestDocumentation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void markdownShowsRegions_data();
    void markdownShowsRegions();
    void commandsExist_data();
    void commandsExist();
    void snippetsExist_data();
    void snippetsExist();
    void qdocHasNoCode_data();
    void qdocHasNoCode();
    void findsProblems_data();
    void findsProblems();
    void refusesAFileThatNothingCompiles();
};

static QStringList linesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(QLatin1Char('\n')) : QStringList();
}

static QStringList markdownFiles()
{
    return QDir(root).entryList({ QStringLiteral("*.md") }, QDir::Files);
}

// All files that qdoc reads, relative to the root.
static QStringList qdocFiles()
{
    QStringList files;
    for (const char *folder : { "docs", "src" }) {
        QDirIterator it(root + QLatin1String(folder), { QStringLiteral("*.qdoc"), QStringLiteral("*.cpp") }, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            files.append(QDir(root).relativeFilePath(it.next()));
    }
    files.removeIf([](const QString &file) { return file.startsWith(QLatin1String("docs/snippets/")); });
    files.sort();
    return files;
}

static QList<Block> blocksOf(const QStringList &lines)
{
    static const QRegularExpression fence(QStringLiteral("^\\s*```\\s*(\\S*)"));
    QList<Block> blocks;
    bool inside = false;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto match = fence.match(lines.at(i));
        if (match.hasMatch() && !inside)
            blocks.append({ match.captured(1), i > 0 ? lines.at(i - 1) : QString(), {}, int(i + 1) });
        else if (!match.hasMatch() && inside)
            blocks.last().lines.append(lines.at(i));
        if (match.hasMatch())
            inside = !inside;
    }
    return blocks;
}

// The lines without their common indentation.
static QStringList withoutIndentation(QStringList lines)
{
    qsizetype indentation = std::numeric_limits<qsizetype>::max();
    for (QString &line : lines) {
        while (line.endsWith(QLatin1Char(' ')))
            line.chop(1);
        const auto first = std::find_if(line.cbegin(), line.cend(), [](QChar c) { return c != QLatin1Char(' '); });
        if (first != line.cend())
            indentation = std::min<qsizetype>(indentation, first - line.cbegin());
    }
    for (QString &line : lines)
        line.remove(0, indentation);
    return lines;
}

// No value if the file has no such region, or more than one.
static std::optional<QStringList> regionOf(const QString &path, const QString &name)
{
    static const QRegularExpression marker(QStringLiteral("^\\s*(?://!|#!?) \\[(.*)\\]\\s*$"));
    QStringList region;
    int markers = 0;
    for (const QString &line : linesOf(path)) {
        const auto match = marker.match(line);
        if (match.hasMatch())
            markers += match.captured(1) == name;
        else if (markers == 1)
            region.append(line);
    }
    if (markers != 2 || region.isEmpty())
        return {};
    return withoutIndentation(region);
}

// A source file that the CMakeLists.txt of its folder does not name is not compiled.
static bool isCompiled(const QString &path)
{
    const QFileInfo file(path);
    return file.suffix() != QLatin1String("cpp") || linesOf(file.path() + QLatin1String("/CMakeLists.txt")).join(QLatin1Char(' ')).contains(file.fileName());
}

static QString problemOf(const QString &path, const QString &name)
{
    if (!QFileInfo::exists(path))
        return QStringLiteral("there is no file %1").arg(path);
    if (!isCompiled(path))
        return QStringLiteral("nothing compiles %1").arg(path);
    if (!regionOf(path, name))
        return QStringLiteral("%1 has no region \"%2\", or more than one").arg(path, name);
    return {};
}

static QString problemOf(const Block &block)
{
    // Drawings have no language, and commands have no region.
    if (block.language.isEmpty() || block.language == QLatin1String("sh"))
        return {};
    if (!QStringList{ QStringLiteral("cpp"), QStringLiteral("cmake"), QStringLiteral("text") }.contains(block.language))
        return QStringLiteral("language \"%1\" is not known; use cpp, cmake, text or sh").arg(block.language);
    static const QRegularExpression comment(QStringLiteral("^\\s*<!-- region: (\\S+) \\[(.+)\\] -->\\s*$"));
    const auto match = comment.match(block.lineBefore);
    if (!match.hasMatch())
        return QStringLiteral("no comment in the line before names the region that this block copies: <!-- region: file [name] -->");
    const QString path = root + match.captured(1);
    if (const QString problem = problemOf(path, match.captured(2)); !problem.isEmpty())
        return problem;
    const QStringList region = *regionOf(path, match.captured(2));
    if (withoutIndentation(block.lines) != region)
        return QStringLiteral("differs from its region, which is now:\n%1").arg(region.join(QLatin1Char('\n')));
    return {};
}

void TestDocumentation::markdownShowsRegions_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("number");

    for (const QString &file : markdownFiles()) {
        const QList<Block> blocks = blocksOf(linesOf(root + file));
        for (int i = 0; i < blocks.size(); ++i)
            QTest::addRow("%s, line %d", qPrintable(file), blocks.at(i).line) << file << i;
    }
}

void TestDocumentation::markdownShowsRegions()
{
    QFETCH(QString, file);
    QFETCH(int, number);
    const QString problem = problemOf(blocksOf(linesOf(root + file)).at(number));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestDocumentation::commandsExist_data()
{
    QTest::addColumn<QString>("command");

    static const QRegularExpression script(QStringLiteral("(?<![\\w/])(?:scripts|\\.ci)/[\\w-]+"));
    for (const QString &file : markdownFiles()) {
        QStringList commands;
        for (auto it = script.globalMatch(linesOf(root + file).join(QLatin1Char('\n'))); it.hasNext();)
            commands.append(it.next().captured());
        commands.removeDuplicates();
        for (const QString &command : std::as_const(commands))
            QTest::addRow("%s: %s", qPrintable(file), qPrintable(command)) << command;
    }
}

void TestDocumentation::commandsExist()
{
    QFETCH(QString, command);
    QVERIFY2(QFileInfo(root + command).isExecutable(), qPrintable(command));
}

void TestDocumentation::snippetsExist_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("region");

    static const QRegularExpression snippet(QStringLiteral("\\\\snippet (\\S+) (.*\\S)"));
    for (const QString &file : qdocFiles()) {
        for (const QString &line : linesOf(root + file)) {
            if (const auto match = snippet.match(line); match.hasMatch())
                QTest::addRow("%s: %s %s", qPrintable(file), qPrintable(match.captured(1)), qPrintable(match.captured(2))) << match.captured(1) << match.captured(2);
        }
    }
}

void TestDocumentation::snippetsExist()
{
    QFETCH(QString, file);
    QFETCH(QString, region);

    // The files that qdoc finds.
    QStringList found;
    for (const QString &line : linesOf(root + QLatin1String("docs/qseamstress.qdocconf"))) {
        if (!line.startsWith(QLatin1String("exampledirs")))
            continue;
        for (const QString &folder : line.section(QLatin1Char('='), 1).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            const QString path = QDir::cleanPath(root + QLatin1String("docs/") + folder + QLatin1Char('/') + file);
            if (QFileInfo::exists(path))
                found.append(path);
        }
    }
    QVERIFY2(found.size() == 1, qPrintable(QStringLiteral("found: ") + found.join(QLatin1String(", "))));
    const QString problem = problemOf(found.first(), region);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestDocumentation::qdocHasNoCode_data()
{
    QTest::addColumn<QString>("file");

    for (const QString &file : qdocFiles())
        QTest::addRow("%s", qPrintable(file)) << file;
}

void TestDocumentation::qdocHasNoCode()
{
    QFETCH(QString, file);
    static const QRegularExpression code(QStringLiteral("\\\\(code|badcode|qml|quotefile|quotefromfile)\\b"));
    for (const QString &line : linesOf(root + file))
        QVERIFY2(!code.match(line).hasMatch(), qPrintable(line));
}

void TestDocumentation::findsProblems_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("lineBefore");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("problem");

    const QString here = QStringLiteral("<!-- region: docs/snippets/tst_snippets.cpp [scope guard] -->");
    const QString same = QStringLiteral("QSeamstressThread guest([&places] {\n"
                                        "    places.acquire();\n"
                                        "    return qScopeGuard([&places] { places.release(); });\n"
                                        "});");
    QTest::newRow("same") << "cpp" << here << same << "";
    QTest::newRow("same-indented") << "cpp" << here << QStringLiteral("  ") + QString(same).replace(QLatin1Char('\n'), QLatin1String("\n  ")) << "";
    QTest::newRow("differs") << "cpp" << here << same + QLatin1Char(';') << "differs";
    QTest::newRow("other-indentation") << "cpp" << here << QString(same).remove(QLatin1String("    ")) << "differs";
    QTest::newRow("no-comment") << "cpp" << "Like this:" << same << "no comment";
    QTest::newRow("no-file") << "cpp" << "<!-- region: docs/snippets/none.cpp [scope guard] -->" << same << "no file";
    QTest::newRow("no-region") << "cpp" << "<!-- region: docs/snippets/tst_snippets.cpp [none] -->" << same << "no region";
    QTest::newRow("unknown-language") << "c++" << here << same << "not known";
    QTest::newRow("drawing") << "" << "" << "o--o" << "";
    QTest::newRow("command") << "sh" << "" << "scripts/test" << "";
}

void TestDocumentation::findsProblems()
{
    QFETCH(QString, language);
    QFETCH(QString, lineBefore);
    QFETCH(QString, code);
    QFETCH(QString, problem);

    const QStringList markdown = QStringList{ QStringLiteral("# Title"), lineBefore, QStringLiteral("```") + language } + code.split(QLatin1Char('\n')) + QStringList{ QStringLiteral("```") };
    const QList<Block> blocks = blocksOf(markdown);
    QCOMPARE(blocks.size(), 1);
    const QString found = problemOf(blocks.first());
    QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.contains(problem), qPrintable(found));
}

void TestDocumentation::refusesAFileThatNothingCompiles()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("tst_lost.cpp")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("//! [x]\nint i;\n//! [x]\n");
    file.close();
    const QString problem = problemOf(file.fileName(), QStringLiteral("x"));
    QVERIFY2(problem.contains(QLatin1String("nothing compiles")), qPrintable(problem));
}

QTEST_APPLESS_MAIN(TestDocumentation)
#include "tst_documentation.moc"
