// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "systemschoices_p.h"

#include <QtCore/QStringList>

#include <utility>

#include "../base/standstill_p.h"

namespace QSeamstressPrivate {

// The maximum number of looks for threads that scripts create.
static constexpr int maximumLooks = 200;

void SystemsChoices::begin()
{
    *this = {};
    m_threads = lookAtOtherThreads();
}

void SystemsChoices::lookForThreads(const QList<qint64> &scripts)
{
    if ((m_choices & OtherThreads) || m_looks == maximumLooks)
        return;
    ++m_looks;
    const QHash<qint64, QByteArray> looks = lookAtOtherThreads();
    for (auto look = looks.cbegin(); look != looks.cend(); ++look) {
        const bool isOfAScript = scripts.contains(look.key()) || m_leftAlone.contains(look.key());
        if (!isOfAScript && m_threads.value(look.key()) != look.value())
            add(OtherThreads);
    }
}

QString SystemsChoices::text() const
{
    static constexpr std::pair<Choice, const char *> texts[] = {
        { WhoGoesOnFirst, "which of several woken scripts continues first" },
        { Timeout, "whether a wait times out" },
        { Await, "when a co_await becomes ready" },
        { OtherThreads, "what threads that run no script do" },
    };
    QStringList choices;
    for (const auto &[choice, text] : texts) {
        if (m_choices & choice)
            choices.append(QLatin1String(text));
    }
    if (choices.isEmpty())
        return {};
    return QStringLiteral("Left to the operating system, so another run may try other orders: %1.").arg(choices.join(QStringLiteral(", ")));
}

} // namespace QSeamstressPrivate
