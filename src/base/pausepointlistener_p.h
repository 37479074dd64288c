// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PAUSEPOINTLISTENER_P_H
#define PAUSEPOINTLISTENER_P_H

#include <QtCore/qglobal.h>

#include <atomic>

namespace QSeamstressPrivate {

// As long as none exists, nobody looks at who reaches a pause point in plain code, which then costs a call and a load.
class PausePointListener
{
public:
    PausePointListener() { ++count; }
    ~PausePointListener() { --count; }
    Q_DISABLE_COPY_MOVE(PausePointListener)

    static bool isThere() { return count.load(std::memory_order_relaxed) != 0; }

private:
    // Defined beside the functions that production code calls by weak references, which take nothing out of a static library: this
    // counter does.
    static std::atomic<int> count;
};

} // namespace QSeamstressPrivate

#endif // PAUSEPOINTLISTENER_P_H
