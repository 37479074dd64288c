// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WRITTENRUN_P_H
#define WRITTENRUN_P_H

#include "mechanism_p.h"
#include "ordertext_p.h"

namespace QSeamstressPrivate {

// Runs a written order. Each written step lets its script run until the step has happened; the rest runs in the order in which the scripts
// were added. A problem is returned as the beginning of a sentence, or as an empty string if there is none.
class WrittenRun
{
public:
    WrittenRun(Mechanism &mechanism, const QList<WrittenStep> &steps);

    // The problem if a step did not happen.
    QString follow();
    // To be called after follow(): where the run departed from the written order, although each script took its steps. If several scripts
    // are woken at the same time, the scheduler decides which one continues first.
    QString otherWay() const;

private:
    QString comeTo(const WrittenStep &step);
    bool hasCome(const WrittenStep &step);

    Mechanism &m_mechanism;
    const QList<WrittenStep> &m_steps;
    PointNames m_names;
    std::size_t m_named = 0; // how many steps of the mechanism have names
    QList<QStringList> m_unused; // for each script, the steps that have matched no written step yet
    qsizetype m_searched = 0; // how many of these, for the current script, are known not to match
};

} // namespace QSeamstressPrivate

#endif // WRITTENRUN_P_H
