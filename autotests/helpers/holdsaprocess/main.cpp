// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A test program that enters a process, prints its process ID, and ends in the way that its argument names, or not at all.

#include <QSeamstress/QSeamstressProcess>
#include <QSeamstress/QSeamstressThread>

#include <QCoreApplication>
#include <QMutex>
#include <QTextStream>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <unistd.h>

static QSeamstressScript script(QString how)
{
    co_yield "a";
    if (how == "throws")
        throw std::runtime_error("on purpose");
    if (how == "crashes")
        std::abort();
    if (how == "computing") {
        for (volatile bool forEver = true; forEver;) { }
    }
    if (how == "blocked") {
        QMutex mutex;
        mutex.lock();
        mutex.lock();
    }
    co_yield "b";
    if (how == "tearing-down")
        ::pause();
}

static void say(qint64 number)
{
    QTextStream(stdout) << number << Qt::endl;
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString how = application.arguments().value(1);
    auto process = std::make_unique<QSeamstressProcess>(&script, how);
    if (how == "starting") {
        process->start();
    } else if (!process->enter()) {
        qCritical("%s", qPrintable(process->errorString()));
        return EXIT_FAILURE;
    }
    say(process->processId());
    if (how == "computing" || how == "blocked") {
        process->resume();
        const QSeamstressExecutor::Activity activity = how == "blocked" ? QSeamstressExecutor::Blocked : QSeamstressExecutor::Computing;
        while (QSeamstressThread::isActivityAvailable() && process->activity() != activity)
            QCoreApplication::processEvents();
    } else if (how == "tearing-down") {
        process->finish();
    } else if (how == "ends" || how == "throws" || how == "crashes") {
        static_cast<void>(process->exit());
        return EXIT_SUCCESS;
    } else if (how == "killed") {
        ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        static_cast<void>(process->exit());
        return EXIT_SUCCESS;
    } else if (how == "destroyed") {
        return EXIT_SUCCESS;
    } else if (how == "never-destroyed") {
        static_cast<void>(process.release());
        std::exit(EXIT_SUCCESS);
    }
    say(0); // it has reached the place where it stays
    ::pause();
}
