// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOADER_H
#define LOADER_H

#include <QSeamstressPausePoint>

#include <QThread>

// Loads something in a thread of its own. The fault: its destructor does not wait for the thread, and QThread ends the program for that.
class HastyLoader : public QThread
{
protected:
    void run() override { QSEAMSTRESS_PAUSE_POINT("loading"); }
};

// The cure.
class Loader : public HastyLoader
{
public:
    ~Loader() override
    {
        requestInterruption();
        wait();
    }
};

#endif // LOADER_H
