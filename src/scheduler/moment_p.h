// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Points in time and durations, in ns.

#ifndef MOMENT_P_H
#define MOMENT_P_H

#include <QtCore/QtGlobal>

#include <ctime>
#include <limits>

namespace QSeamstressScheduler {

inline constexpr qint64 never = std::numeric_limits<qint64>::max();
// Virtual time ends here, some 291 years after the computer was started: what is waited for later never comes.
inline constexpr qint64 latest = never - 365 * 24 * 3600 * qint64(1'000'000'000);
inline constexpr qint64 second = 1'000'000'000;
inline constexpr qint64 millisecond = 1'000'000;

inline qint64 sum(qint64 a, qint64 b) // saturated
{
    qint64 result = 0;
    if (__builtin_add_overflow(a, b, &result))
        return b > 0 ? never : std::numeric_limits<qint64>::min();
    return result;
}

inline qint64 inNanoseconds(qint64 milliseconds) // saturated
{
    qint64 result = 0;
    if (__builtin_mul_overflow(milliseconds, millisecond, &result))
        return milliseconds > 0 ? never : std::numeric_limits<qint64>::min();
    return result;
}

// A time that does not fit, some 292 years, becomes the last one that does.
inline qint64 nanoseconds(const timespec &time)
{
    if (time.tv_sec > never / second - 1)
        return never;
    if (time.tv_sec < -(never / second - 1))
        return std::numeric_limits<qint64>::min();
    return time.tv_sec * second + time.tv_nsec;
}

inline timespec toTimespec(qint64 nanoseconds)
{
    timespec time{};
    time.tv_sec = static_cast<time_t>(nanoseconds / second);
    time.tv_nsec = static_cast<long>(nanoseconds % second);
    if (time.tv_nsec < 0) { // before 1970
        --time.tv_sec;
        time.tv_nsec += second;
    }
    return time;
}

// What the C library accepts as a moment. A duration is not negative, too.
inline bool isValid(const timespec &time)
{
    return time.tv_nsec >= 0 && time.tv_nsec < second;
}
inline bool isDuration(const timespec &time)
{
    return isValid(time) && time.tv_sec >= 0;
}

} // namespace QSeamstressScheduler

#endif // MOMENT_P_H
