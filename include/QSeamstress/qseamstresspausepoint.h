// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// For production code, C++11 or later: a named place where a test can pause the thread that reaches it. Requires no other header and no
// library. If the program does not contain QSeamstress, it costs a load and a branch. If QSEAMSTRESS_NO_PAUSE_POINTS is defined, it
// compiles to nothing.

#ifndef QSEAMSTRESSPAUSEPOINT_H
#define QSEAMSTRESSPAUSEPOINT_H

// The value of a pause point, for the C interface.
struct qseamstress_value
{
    enum Kind { Bool, Int, UnsignedInt, Long, UnsignedLong, Double, Text, Pointer } kind;
    union {
        bool boolean;
        int integer;
        unsigned int unsignedInteger;
        long long longInteger;
        unsigned long long unsignedLongInteger;
        double number;
        const char *text;
        const void *pointer;
    } as;
};

#if defined(QSEAMSTRESS_NO_PAUSE_POINTS)
#define QSEAMSTRESS_PAUSE_POINT(...) static_cast<void>(0)
#elif defined(__ELF__) || defined(QSEAMSTRESS_LIBRARY)

#if defined(__ELF__)
// Weak: the address is null if the program does not contain QSeamstress.
extern "C" __attribute__((weak)) void qseamstress_pause_point(const char *name);
extern "C" __attribute__((weak)) void qseamstress_pause_point_with_value(const char *name, qseamstress_value value);
#define QSEAMSTRESS_CALL_IF_LINKED(function, arguments) (function ? function arguments : static_cast<void>(0))
#else
// Other object formats have no weak references of this kind, so the code under test must link QSeamstress, whose CMake target defines
// QSEAMSTRESS_LIBRARY. Untested on Mach-O and PE.
extern "C" void qseamstress_pause_point(const char *name);
extern "C" void qseamstress_pause_point_with_value(const char *name, qseamstress_value value);
#define QSEAMSTRESS_CALL_IF_LINKED(function, arguments) function arguments
#endif

namespace QSeamstressPrivate {

#define QSEAMSTRESS_VALUE(Type, Kind_, member) \
    inline qseamstress_value pausePointValue(Type value) \
    { \
        qseamstress_value result; \
        result.kind = qseamstress_value::Kind_; \
        result.as.member = value; \
        return result; \
    }
QSEAMSTRESS_VALUE(bool, Bool, boolean)
QSEAMSTRESS_VALUE(int, Int, integer)
QSEAMSTRESS_VALUE(unsigned int, UnsignedInt, unsignedInteger)
QSEAMSTRESS_VALUE(long, Long, longInteger)
QSEAMSTRESS_VALUE(unsigned long, UnsignedLong, unsignedLongInteger)
QSEAMSTRESS_VALUE(long long, Long, longInteger)
QSEAMSTRESS_VALUE(unsigned long long, UnsignedLong, unsignedLongInteger)
QSEAMSTRESS_VALUE(double, Double, number)
QSEAMSTRESS_VALUE(const char *, Text, text)
QSEAMSTRESS_VALUE(const void *, Pointer, pointer)
#undef QSEAMSTRESS_VALUE

} // namespace QSeamstressPrivate

#define QSEAMSTRESS_POINT_WITHOUT_VALUE(name) QSEAMSTRESS_CALL_IF_LINKED(qseamstress_pause_point, (name))
#define QSEAMSTRESS_POINT_WITH_VALUE(name, value) QSEAMSTRESS_CALL_IF_LINKED(qseamstress_pause_point_with_value, (name, QSeamstressPrivate::pausePointValue(value)))
// Selects the third argument. __VA_OPT__ would require C++20.
#define QSEAMSTRESS_THIRD(first, second, third, ...) third
#define QSEAMSTRESS_PAUSE_POINT(...) QSEAMSTRESS_THIRD(__VA_ARGS__, QSEAMSTRESS_POINT_WITH_VALUE, QSEAMSTRESS_POINT_WITHOUT_VALUE, unused)(__VA_ARGS__)

#else
#define QSEAMSTRESS_PAUSE_POINT(...) static_cast<void>(0)
#endif

#endif // QSEAMSTRESSPAUSEPOINT_H
