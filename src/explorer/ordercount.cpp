// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "ordercount_p.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace QSeamstressPrivate {

// The binomial coefficient n over k; -1 if it does not fit into a qint64 or if n is -1.
static qint64 binomial(qint64 n, qint64 k)
{
    qint64 result = 1;
    for (qint64 i = 1; i <= std::min(k, n - k); ++i) {
        // result * (n - i + 1) / i, which is an integer in each iteration.
        const qint64 common = std::gcd(result, i);
        const qint64 factor = (n - i + 1) / (i / common);
        if (result / common > std::numeric_limits<qint64>::max() / factor)
            return -1;
        result = result / common * factor;
    }
    return result;
}

qint64 orderCount(const std::vector<qint64> &steps)
{
    // The multinomial coefficient: the steps of each script in turn are distributed among those of the previous scripts.
    qint64 sum = 0;
    qint64 result = 1;
    for (const qint64 count : steps) {
        sum += count;
        const qint64 factor = binomial(sum, count);
        if (factor < 0 || result > std::numeric_limits<qint64>::max() / factor)
            return -1;
        result *= factor;
    }
    return result;
}

// A preemption is a switch away from a script that has steps left.
//
// An order is a sequence of blocks, each of successive steps of one script. With n scripts, n blocks end with the last step of their
// script, so the switch after them is no preemption. An order of b blocks has b - n preemptions.
//
// A script with s steps can be cut into c blocks in (s - 1 over c - 1) ways. The blocks are then arranged so that no two blocks of the same
// script are adjacent. By inclusion-exclusion, the number of these arrangements is a sum over all ways to merge the c blocks of each script
// into k: there are (c - 1 over k - 1) of them, with the sign (-1)^(c - k), each with all unrestricted arrangements of the merged blocks.
qint64 orderCount(const std::vector<qint64> &steps, int preemptions, qint64 limit)
{
    const std::size_t most = steps.size() + static_cast<std::size_t>(preemptions);
    const auto choose = [](qint64 n, qint64 k) {
        long double result = 1;
        for (qint64 i = 1; i <= k; ++i)
            result = result * static_cast<long double>(n - i + 1) / static_cast<long double>(i);
        return result;
    };
    // ways[c][k]: for the scripts so far, with c blocks merged into k, divided by the factorials of the k of each script.
    using Table = std::vector<std::vector<long double>>;
    Table ways(most + 1, std::vector<long double>(most + 1));
    ways[0][0] = 1;
    for (const qint64 count : steps) {
        Table next(most + 1, std::vector<long double>(most + 1));
        const auto blocks = static_cast<std::size_t>(std::min<qint64>(count, preemptions + 1));
        for (std::size_t c = 1; c <= blocks; ++c) {
            long double factorial = 1;
            for (std::size_t k = 1; k <= c; ++k) {
                factorial *= static_cast<long double>(k);
                const long double sign = (c - k) % 2 == 0 ? 1 : -1;
                const long double factor = sign * choose(count - 1, static_cast<qint64>(c) - 1) * choose(static_cast<qint64>(c) - 1, static_cast<qint64>(k) - 1) / factorial;
                for (std::size_t before = 0; before + c <= most; ++before) {
                    for (std::size_t glued = 0; glued <= before; ++glued)
                        next[before + c][glued + k] += ways[before][glued] * factor;
                }
            }
        }
        ways = std::move(next);
    }
    long double result = 0;
    long double factorial = 1;
    for (std::size_t k = 1; k <= most; ++k) {
        factorial *= static_cast<long double>(k);
        result += ways[most][k] * factorial;
    }
    return result > static_cast<long double>(limit) ? limit + 1 : static_cast<qint64>(result + 0.5L);
}

} // namespace QSeamstressPrivate
