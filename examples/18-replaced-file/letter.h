// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LETTER_H
#define LETTER_H

#include <QString>

// The contents of a file: an address in the first line, and a text in the second.
struct Letter
{
    QString address;
    QString text;

    bool operator==(const Letter &) const = default;
};

Letter readLetter(const QString &path);

// Replaces the file with a new one. A reader that has opened the old file continues to read its contents.
void replaceLetter(const QString &path, const Letter &letter);

// Overwrites the file in place: a reader may get half of the old letter and half of the new one.
void overwriteLetter(const QString &path, const Letter &letter);

#endif // LETTER_H
