// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOADER_H
#define LOADER_H

#include <QSeamstressPausePoint>

#include <QThread>

#include <memory>

// Loads something in a thread of its own. The fault: its destructor does not wait for the thread, and QThread ends the program for that.
class HastyLoader
{
public:
    HastyLoader()
        : m_thread(QThread::create([] { QSEAMSTRESS_PAUSE_POINT("loading"); }))
    {
        m_thread->start();
    }

protected:
    std::unique_ptr<QThread> m_thread;
};

// The cure.
class Loader : public HastyLoader
{
public:
    ~Loader()
    {
        m_thread->requestInterruption();
        m_thread->wait();
    }
};

#endif // LOADER_H
