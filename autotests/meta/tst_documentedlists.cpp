// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Lists that are repeated in the documentation are complete there.

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

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
    QCOMPARE(captured("src/executor/qseamstressexecutor.cpp", "These system calls count:", "In another one", R"(\\c (\w+))"), known);
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

// The library prints each message on the page Troubleshooting. "…" stands for a number or a name.
void TestDocumentedLists::messages()
{
    QString literals;
    static const QRegularExpression literal(R"x("((?:[^"\\\n]|\\.)*)")x");
    QDirIterator it(root + "src", { "*.cpp", "*.h" }, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile source(it.next());
        QVERIFY(source.open(QIODevice::ReadOnly));
        for (auto match = literal.globalMatch(QString::fromUtf8(source.readAll())); match.hasNext();)
            literals.append(match.next().captured(1));
    }

    const QStringList messages = captured("docs/troubleshooting.qdoc", "\\title Troubleshooting", "*/", R"x(\\row\s+\\li \\c\{([^}]+)\})x");
    QVERIFY(messages.size() >= 15);
    for (const QString &message : messages) {
        for (const QString &part : message.split(u'…'))
            QVERIFY2(literals.contains(part), qPrintable(message));
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
