// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Creates shared memory for errors, or writes into that of another process:
//   errorsegments create SIZE              prints its key or the problem, and keeps it until standard input is closed
//   errorsegments write-and-abort KEY SIZE

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "../../../src/process/errorsegment_p.h"

using QSeamstressPrivate::ErrorSegment;

static int create(int size)
{
    QString problem;
    const auto segment = ErrorSegment::create(size, &problem);
    std::puts(qPrintable(segment ? segment->key() : problem));
    std::fflush(stdout);
    while (segment && std::getchar() != EOF) { }
    return segment ? 0 : 1;
}

static int writeAndAbort(const QString &key, int size)
{
    QString problem;
    static const auto segment = ErrorSegment::attach(key, size, &problem);
    if (!segment) {
        std::puts(qPrintable(problem));
        return 1;
    }
    segment->notePoint(QStringLiteral("its last point"));
    segment->noteFatalText(QStringLiteral("its last words"));
    if (!segment->writeErrors("errors of another process"))
        return 1;
    std::signal(SIGABRT, [](int number) { segment->noteSignal(number); });
    std::abort();
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() == 3 && arguments.at(1) == QLatin1String("create"))
        return create(arguments.at(2).toInt());
    if (arguments.size() == 4 && arguments.at(1) == QLatin1String("write-and-abort"))
        return writeAndAbort(arguments.at(2), arguments.at(3).toInt());
    return 2;
}
