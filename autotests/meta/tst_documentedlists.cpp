// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Lists that the documentation repeats are complete.

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

static const QString root = QStringLiteral(QSEAMSTRESS_SOURCE_DIR "/");

class TestDocumentedLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void systemCalls();
    void examples();
    void isolationLevels();
};

// What the pattern captures in a part of a file, sorted.
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

// Those in which a thread is blocked.
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
    QCOMPARE(captured("README.md", "| Example |", "\n\n", R"(\| `([0-9][^`]+)` \|)"), folders);
}

// Each row of the table says what the example expects: the order in which an anomaly appears at each level, or never.
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
