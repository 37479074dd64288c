// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Waits that end after 100 ms, by a time-out or from outside the process. No other thread of this process is needed to end them.

#ifndef ENDINGWAITS_H
#define ENDINGWAITS_H

#include <QByteArray>
#include <QList>

#include <functional>

struct EndingWait
{
    QByteArray name;
    // Starts the 100 ms. Returns the function that waits, which any thread may call.
    std::function<std::function<void()>()> begin;
};

QList<EndingWait> waitsOfTheSystem();

// Starts and waits for an alarm, in any process.
void waitForAnAlarm();

#endif // ENDINGWAITS_H
