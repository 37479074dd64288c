// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Executors that are destroyed after main(), when no test runs any more and no QCoreApplication exists. tst_selftests compares the
// output with the files in autotests/meta/selftests.

#include <QSeamstressTest>

#include <QTest>

#include <stdexcept>
#include <string>

static QSeamstressScript failAtTheEnd()
{
    co_yield "halted";
    throw std::logic_error("cannot end");
}

static QSeamstressThread executor(failAtTheEnd);

class StaticExecutor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isLeftHalted();
    void isLeftHaltedWithAHandler();
};

void StaticExecutor::isLeftHalted()
{
    executor.setObjectName("static");
    QSEAMSTRESS_ENTER(executor);
}

void StaticExecutor::isLeftHaltedWithAHandler()
{
    executor.setObjectName("static");
    QSeamstress::setFailureHandler([name = std::string("a handler that owns memory")](const QString &message, const char *, int) {
        qWarning("%s: %s", name.c_str(), qPrintable(message));
    });
    QSEAMSTRESS_ENTER(executor);
}

QTEST_GUILESS_MAIN(StaticExecutor)
#include "main.moc"
