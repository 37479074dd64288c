// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "writtenrun_p.h"

#include <algorithm>

namespace QSeamstressPrivate {

WrittenRun::WrittenRun(Mechanism &mechanism, const QList<WrittenStep> &steps)
    : m_mechanism(mechanism)
    , m_steps(steps)
    , m_unused(mechanism.count())
{
}

QString WrittenRun::follow()
{
    for (const WrittenStep &step : m_steps) {
        if (const QString problem = comeTo(step); !problem.isEmpty())
            return problem;
    }
    m_mechanism.runInOrderOfAdding();
    return {};
}

QString WrittenRun::comeTo(const WrittenStep &step)
{
    const Scripts script = setOf(step.script);
    m_searched = 0;
    while (!hasCome(step) && m_mechanism.trouble() == Mechanism::None) {
        if (m_mechanism.ready() & script)
            m_mechanism.step(step.script);
        else if (m_mechanism.ready() == 0 && m_mechanism.blocked() == 0)
            return QStringLiteral("%1 did not happen").arg(step.text);
        else if (!(m_mechanism.blocked() & script))
            return QStringLiteral("%1 has already ended where the order says %2").arg(m_mechanism.actor(step.script).name(), step.text);
        else if (!m_mechanism.waitForBlocked(step.script) && m_mechanism.trouble() == Mechanism::None)
            return QStringLiteral("%1 is blocked where the order says %2").arg(m_mechanism.actor(step.script).name(), step.text);
    }
    return {};
}

bool WrittenRun::hasCome(const WrittenStep &step)
{
    for (const std::vector<Step> &steps = m_mechanism.steps(); m_named < steps.size(); ++m_named)
        m_unused[steps[m_named].script].append(m_names.nameOf(steps[m_named]));
    QStringList &done = m_unused[step.script];
    const qsizetype index = done.indexOf(step.point, m_searched);
    if (index < 0) {
        m_searched = done.size();
        return false;
    }
    done.remove(0, index + 1); // it has passed the steps before it
    return true;
}

QString WrittenRun::otherWay() const
{
    PointNames names;
    qsizetype position = 0;
    for (const Step &step : m_mechanism.steps()) {
        const QString point = names.nameOf(step);
        const auto isStep = [&](const WrittenStep &other) { return other.script == step.script && other.point == point; };
        if (position == m_steps.size())
            break;
        if (isStep(m_steps.at(position)))
            ++position;
        else if (step.end != Step::Blocked && std::any_of(m_steps.begin() + position, m_steps.end(), isStep)) // a script may be blocked often
            return QStringLiteral("The run departed from the order at step %1: the order says %2, but %3 happened")
                .arg(position + 1)
                .arg(m_steps.at(position).text, m_mechanism.actor(step.script).name() + QLatin1Char('>') + point);
    }
    return position == m_steps.size() ? QString() : QStringLiteral("The run departed from the order at step %1: %2 did not happen there").arg(position + 1).arg(m_steps.at(position).text);
}

} // namespace QSeamstressPrivate
