// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Lists that are repeated in the documentation are complete there.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>
#include <utility>

static const QString root = QStringLiteral(QSEAMSTRESS_SOURCE_DIR "/");

class TestDocumentedLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void systemCalls();
    void examples();
    void picture();
    void messages();
    void isolationLevels();
};

// The first capture of each match in a part of a file, sorted.
static QStringList captured(const QString &file, const QString &begin, const QString &end, const QString &pattern)
{
    QFile source(root + file);
    const QString text = source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()).section(begin, 1, 1).section(end, 0, 0) : QString();
    QStringList names;
    for (auto it = QRegularExpression(pattern).globalMatch(text); it.hasNext();)
        names.append(it.next().captured(1));
    names.sort();
    return names;
}

// The system calls in which a thread counts as blocked.
void TestDocumentedLists::systemCalls()
{
    const QStringList known = captured("src/platform/platform_linux.cpp", "waitingCalls[] = {", "\n};", R"x(\{ SYS_\w+, "(\w+)"(?!, SystemCall::Sleeps))x");
    QVERIFY(known.contains("futex") && known.contains("epoll_wait") && !known.contains("nanosleep"));
    QCOMPARE(captured("src/executor/qseamstressexecutor.cpp", "These system calls count:", "In any other", R"(\\c (\w+))"), known);
}

void TestDocumentedLists::examples()
{
    const QStringList folders = QDir(root + "examples").entryList({ "[0-9]*" }, QDir::Dirs, QDir::Name);
    QVERIFY(folders.size() >= 12);
    QCOMPARE(captured("docs/examples.qdoc", "\\title Examples", "*/", R"(\\li \\c\{([0-9][^}]+)\})"), folders);
}

// The picture in README.md has the words of the report that it shows, in the same order.
void TestDocumentedLists::picture()
{
    QFile report(root + "docs/snippets/report.txt");
    QVERIFY(report.open(QIODevice::ReadOnly));
    const QString shown = QString::fromUtf8(report.readAll()).section("//! [report]\n", 1, 1).section("\nTried:", 0, 0).remove("Timeline:\n");
    const QStringList cells = shown.split(QRegularExpression("\\n *|  +"), Qt::SkipEmptyParts);
    QVERIFY(cells.size() >= 8);

    QFile picture(root + "docs/images/timeline.svg");
    QVERIFY(picture.open(QIODevice::ReadOnly));
    QXmlStreamReader reader(&picture);
    QStringList texts;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == u"text" && reader.attributes().value("class") != u"note")
            texts.append(reader.readElementText());
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(texts, cells);
}

// The string literals of the library, split at their placeholders. Adjacent literals are one.
static QStringList literalsOfTheLibrary()
{
    static const QRegularExpression literals(R"x("((?:[^"\\\n]|\\.)*)"(?:\s*"(?:[^"\\\n]|\\.)*")*)x");
    static const QRegularExpression joint(R"x((?<!\\)"\s*")x");
    static const QRegularExpression placeholder("%\\d+");
    QStringList texts;
    for (const char *folder : { "src", "include" }) {
        QDirIterator it(root + folder, { "*.cpp", "*.h" }, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile source(it.next());
            const QString text = source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()) : QString();
            for (auto match = literals.globalMatch(text); match.hasNext();) {
                const QString quoted = match.next().captured();
                texts.append(quoted.mid(1, quoted.size() - 2).remove(joint).replace("\\\"", "\"").split(placeholder));
            }
        }
    }
    texts.removeDuplicates();
    return texts;
}

// Shorter literals could be combined to almost any text.
static constexpr int shortestPiece = 8;

static bool isCombined(const QString &text, const QStringList &literals)
{
    return std::any_of(literals.begin(), literals.end(), [&](const QString &literal) {
        if (text.size() < shortestPiece || literal.size() < shortestPiece)
            return false;
        return literal.startsWith(text) || (text.startsWith(literal) && isCombined(text.mid(literal.size()), literals));
    });
}

// Whether a literal contains the text, or the text begins with the end of one and continues with others.
static bool isPrinted(const QString &text, const QStringList &literals)
{
    if (std::any_of(literals.begin(), literals.end(), [&](const QString &literal) { return literal.contains(text); }))
        return true;
    for (int length = shortestPiece; length < text.size(); ++length) {
        const QString begin = text.left(length);
        if (std::any_of(literals.begin(), literals.end(), [&](const QString &literal) { return literal.endsWith(begin); }) && isCombined(text.mid(length), literals))
            return true;
    }
    return false;
}

// The library prints each message on the page Troubleshooting. "…" stands for a number or a name.
void TestDocumentedLists::messages()
{
    const QStringList literals = literalsOfTheLibrary();
    QVERIFY(isPrinted("did not reach a pause point within ", literals)); // of three literals
    QVERIFY(!isPrinted("did not reach a pause point without ", literals));

    const QStringList cells = captured("docs/troubleshooting.qdoc", "\\title Troubleshooting", "*/", R"x(\\row\s+\\li ((?:[^\\]|\\c\b)+))x");
    QVERIFY(cells.size() >= 15);
    QStringList messages;
    static const QRegularExpression code(R"x(\\c\{([^}]+)\})x");
    for (const QString &cell : cells) {
        for (auto match = code.globalMatch(cell); match.hasNext();)
            messages.append(match.next().captured(1));
    }
    QVERIFY(messages.size() >= 15);
    for (const QString &message : std::as_const(messages)) {
        for (const QString &part : message.split(u'…'))
            QVERIFY2(isPrinted(part, literals), qPrintable(message));
    }
}

// Each row of the table contains what the example expects: the order that shows the anomaly at each level, or "never".
void TestDocumentedLists::isolationLevels()
{
    const QString example = "examples/24-isolation-levels/tst_isolationlevels.cpp";
    const QString order = captured(example, "const QString never;", "//! [anomalies]", R"x(crossed = "([^"]+)";)x").value(0);
    QStringList expected = captured(example, "//! [anomalies]", "//! [anomalies]", R"x(add\("([^}]+) \})x");
    QCOMPARE(expected.size(), 6);
    expected.replaceInStrings("\", { ", ", ").replaceInStrings("crossed", order);
    QStringList documented = captured("docs/isolationlevels.qdoc", "\\header", "\\endtable", R"x(\\row\s+\\li ([^\\]+(?:\\li (?:\\c\{[^}]+\}|never)\s+){4}))x");
    documented.replaceInStrings(QRegularExpression("\\s+\\\\li "), ", ").replaceInStrings(QRegularExpression("\\\\c\\{|\\}|\\s+$"), "");
    QCOMPARE(documented, expected);
}

QTEST_GUILESS_MAIN(TestDocumentedLists)
#include "tst_documentedlists.moc"
