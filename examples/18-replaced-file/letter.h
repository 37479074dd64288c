// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LETTER_H
#define LETTER_H

#include <QString>

// A file with an address in the first line, and a text in the second.
struct Letter
{
    QString address;
    QString text;

    bool operator==(const Letter &) const = default;
};

Letter readLetter(const QString &path);

// Puts another file in the place of the one that is there. Whoever reads that goes on with what it was.
void replaceLetter(const QString &path, const Letter &letter);

// What goes wrong otherwise: whoever reads it gets the half of each.
void overwriteLetter(const QString &path, const Letter &letter);

#endif // LETTER_H
