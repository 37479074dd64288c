// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressbreakpoint.h"

#include "verbs.h"

SeamstressBreakpoint::Breakpoint::Breakpoint(const QString &point, SeamstressBreakpoint *element)
    : QSeamstressBreakpoint(point)
    , m_element(element)
{
}

void SeamstressBreakpoint::Breakpoint::misused(const QString &text) const
{
    if (!m_element->m_isCalledByQml || !throwInQml(m_element, text))
        QSeamstressBreakpoint::misused(text);
}

void SeamstressBreakpoint::setPoint(const QString &point)
{
    if (m_breakpoint)
        throwInQml(this, QStringLiteral("SeamstressBreakpoint: the point can no longer be changed; create another SeamstressBreakpoint"));
    else
        m_point = point;
}

void SeamstressBreakpoint::apply()
{
    m_breakpoint->setThreadName(m_threadName);
    m_breakpoint->setIgnoreCount(m_ignoreCount);
    m_breakpoint->setHaltsAll(m_haltsAll);
    m_breakpoint->setTimeout(m_timeout);
}

void SeamstressBreakpoint::componentComplete()
{
    m_breakpoint.emplace(m_point, this);
    connect(&*m_breakpoint, &QSeamstressBreakpoint::reached, this, &SeamstressBreakpoint::reached);
    connect(&*m_breakpoint, &QSeamstressBreakpoint::hitChanged, this, &SeamstressBreakpoint::hitChanged);
    connect(this, &SeamstressBreakpoint::settingsChanged, this, &SeamstressBreakpoint::apply);
    apply();
}
