// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOADER_H
#define LOADER_H

#include <QSeamstressPausePoint>

#include <QThread>

// Loads something in its own thread. The bug: its destructor does not wait for the thread, so QThread aborts the program.
class HastyLoader : public QThread
{
protected:
    void run() override { QSEAMSTRESS_PAUSE_POINT("loading"); }
};

// The fix.
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
