// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ARMEDBREAKPOINTS_P_H
#define ARMEDBREAKPOINTS_P_H

#include <atomic>
#include <memory>

#include "breakpoint_p.h"

namespace QSeamstressPrivate {

// The armed breakpoints of the program, in the order of arming.
void addArmedBreakpoint(const std::shared_ptr<Breakpoint> &breakpoint);
void removeArmedBreakpoint(const std::shared_ptr<Breakpoint> &breakpoint);
QString nameOfAnArmedBreakpoint(); // empty if none is armed
QString whoIsHalted(); // the paused threads and where they are, in sentences

// While one exists, an explorer runs and no breakpoint is armed.
class NoBreakpoints
{
public:
    NoBreakpoints() { ++count; }
    ~NoBreakpoints() { --count; }
    Q_DISABLE_COPY_MOVE(NoBreakpoints)
    static bool areRefused() { return count != 0; }

private:
    static inline std::atomic<int> count = 0;
};

// Called when a thread reaches a pause point in plain code: it pauses at the first breakpoint that takes it.
void reachBreakpoints(const char *point, const QVariant &value);
// Resumes a thread, since something that it uses is about to be destroyed.
void letGoFromBreakpoints(std::thread::id thread);

} // namespace QSeamstressPrivate

#endif // ARMEDBREAKPOINTS_P_H
