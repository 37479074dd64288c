// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "progress_p.h"

#include <cstdio>

#include "../platform/platform_p.h"

namespace QSeamstressPrivate {

static constexpr qint64 interval = 100; // ms
static constexpr qint64 firstLine = 2000; // ms

Progress::Progress()
{
    m_elapsed.start();
}

Progress::~Progress()
{
    if (m_isShown)
        std::fputs("\r\033[K", stderr); // back to an empty line
}

bool Progress::isDue()
{
    const qint64 now = m_elapsed.elapsed();
    if (now - m_lastTold < interval)
        return false;
    m_lastTold = now;
    return true;
}

void Progress::show(qint64 tried, qint64 planned)
{
    static const bool isTerminal = isErrorOutputATerminal();
    if (!isTerminal || m_lastTold < firstLine)
        return;
    m_isShown = true;
    std::fprintf(stderr, "\rQSeamstressExplorer: %lld of %lld orders", static_cast<long long>(tried), static_cast<long long>(planned));
    std::fflush(stderr);
}

} // namespace QSeamstressPrivate
