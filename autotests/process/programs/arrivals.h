// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Counts how many processes reach a place in a program. Its child processes run scripts instead of tests, so only one reaches the tests.

#ifndef ARRIVALS_H
#define ARRIVALS_H

#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <memory>

class Arrivals
{
public:
    // The first process creates a file. The others find it by an environment variable that they inherit.
    static void note()
    {
        if (!qEnvironmentVariableIsSet(variable)) {
            s_file = std::make_unique<QTemporaryFile>();
            if (!s_file->open())
                qFatal("cannot write a temporary file");
            qputenv(variable, QFile::encodeName(s_file->fileName()));
        }
        QFile file(path());
        if (!file.open(QIODevice::Append) || file.write("x") != 1)
            qFatal("cannot write to %s", qPrintable(path()));
    }
    static int count() { return static_cast<int>(QFileInfo(path()).size()); }

private:
    static QString path() { return QFile::decodeName(qgetenv(variable)); }

    static constexpr char variable[] = "TST_ARRIVALS";
    static inline std::unique_ptr<QTemporaryFile> s_file;
};

#endif // ARRIVALS_H
