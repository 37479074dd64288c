// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "passesbythreads_p.h"

#include <QtCore/QStringList>

#include <algorithm>

namespace QSeamstressPrivate {

void PassesByThreads::add(const QString &point, const QString &thread)
{
    const auto known = std::find_if(m_passes.begin(), m_passes.end(), [&](const Pass &pass) { return pass.point == point && pass.thread == thread; });
    if (known != m_passes.end())
        ++known->count;
    else if (m_passes.size() < maximum)
        m_passes.append({ point, thread, 1 });
    else
        ++m_others;
}

QString PassesByThreads::text() const
{
    if (m_passes.isEmpty())
        return QStringLiteral("No pause point was reached since it was armed.");
    QStringList texts;
    for (const Pass &pass : m_passes) {
        const QString times = pass.count == 1 ? QString() : QStringLiteral(" %1 times").arg(pass.count);
        texts.append(QStringLiteral("\"%1\"%2 by %3").arg(pass.point, times, pass.thread));
    }
    if (m_others != 0)
        texts.append(QStringLiteral("others %1 times").arg(m_others));
    return QStringLiteral("Reached since it was armed: %1.").arg(texts.join(QStringLiteral(", ")));
}

} // namespace QSeamstressPrivate
