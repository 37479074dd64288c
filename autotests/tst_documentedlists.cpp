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
    QCOMPARE(captured("src/thread/qseamstressthread.cpp", "These system calls count:", "In another one", R"(\\c (\w+))"), known);
}

void TestDocumentedLists::examples()
{
    const QStringList folders = QDir(root + "examples").entryList({ "[0-9]*" }, QDir::Dirs, QDir::Name);
    QVERIFY(folders.size() >= 12);
    QCOMPARE(captured("README.md", "| Example |", "\n\n", R"(\| `([0-9][^`]+)` \|)"), folders);
}

QTEST_GUILESS_MAIN(TestDocumentedLists)
#include "tst_documentedlists.moc"
