// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "letter.h"

#include <QFile>
#include <QSaveFile>

#include <QSeamstressPausePoint>

#include <stdexcept>

static QString readLine(QFile &file)
{
    return QString::fromUtf8(file.readLine()).trimmed();
}

static void write(QFileDevice &file, const Letter &letter)
{
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || file.write((letter.address + '\n' + letter.text + '\n').toUtf8()) < 0)
        throw std::runtime_error(file.errorString().toStdString());
}

//! [code under test]
Letter readLetter(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        throw std::runtime_error(file.errorString().toStdString());
    Letter letter;
    letter.address = readLine(file);
    QSEAMSTRESS_PAUSE_POINT("half of it");
    letter.text = readLine(file);
    return letter;
}

void replaceLetter(const QString &path, const Letter &letter)
{
    QSaveFile file(path);
    write(file, letter);
    if (!file.commit())
        throw std::runtime_error(file.errorString().toStdString());
}
//! [code under test]

void overwriteLetter(const QString &path, const Letter &letter)
{
    QFile file(path);
    write(file, letter);
}
