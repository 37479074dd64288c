// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// The cost of a pause point in a program without QSeamstress, or with it but without a running script: the same loop with and without
// the pause point.

#include <qseamstresspausepoint.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#ifdef QSEAMSTRESS_LIBRARY
#include <QSeamstressNamespace>
static const char *const program = "pause point, library linked";
static constexpr int most = 3; // ns
#else
static const char *const program = "unused pause point";
static constexpr int most = 2; // ns
#endif

static constexpr int turns = 10000000;

// The compiler cannot optimise either loop away.
__attribute__((noinline)) static double without()
{
    const auto begin = std::chrono::steady_clock::now();
    for (int turn = 0; turn < turns; ++turn)
        asm volatile(""
                     :
                     : "r"(turn));
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() / turns;
}

__attribute__((noinline)) static double with()
{
    const auto begin = std::chrono::steady_clock::now();
    for (int turn = 0; turn < turns; ++turn) {
        asm volatile(""
                     :
                     : "r"(turn));
        QSEAMSTRESS_PAUSE_POINT("turn");
    }
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count() / turns;
}

int main()
{
#ifdef QSEAMSTRESS_LIBRARY
    if (QSeamstress::isInScript())
        return 1;
#endif
    std::vector<double> differences;
    for (int repetition = 0; repetition < 21; ++repetition) {
        const double alone = without();
        differences.push_back(with() - alone);
    }
    std::sort(differences.begin(), differences.end());
    std::printf("%s: %.2f ns more per iteration (quartiles %.2f to %.2f; expected: at most %d)\n", program, differences[10], differences[5], differences[15], most);
    return 0;
}
