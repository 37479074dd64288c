// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Waits that end by themselves, or from outside, after a tenth of a second: no other thread of this process is needed for it.

#ifndef ENDINGWAITS_H
#define ENDINGWAITS_H

#include <QByteArray>
#include <QList>

#include <functional>

struct EndingWait
{
    QByteArray name;
    // Begins the tenth of a second. Returns what is to be called then, by any thread, and waits.
    std::function<std::function<void()>()> begin;
};

QList<EndingWait> waitsOfTheSystem();

// All of it, in whichever process.
void waitForAnAlarm();

#endif // ENDINGWAITS_H
