// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PAUSEPOINTLISTENER_P_H
#define PAUSEPOINTLISTENER_P_H

#include <QtCore/qglobal.h>

#include <atomic>

namespace QSeamstressPrivate {

// While no listener exists, a pause point in plain code does nothing: it costs a call and a load.
class PausePointListener
{
public:
    PausePointListener() { ++count; }
    ~PausePointListener() { --count; }
    Q_DISABLE_COPY_MOVE(PausePointListener)

    static bool isThere() { return count.load(std::memory_order_relaxed) != 0; }

private:
    // Defined next to the functions that production code references weakly. A weak reference does not pull an object file out of a static
    // library; this counter does.
    static std::atomic<int> count;
};

} // namespace QSeamstressPrivate

#endif // PAUSEPOINTLISTENER_P_H
