// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef WRITTENRUN_P_H
#define WRITTENRUN_P_H

#include "mechanism_p.h"
#include "ordertext_p.h"

namespace QSeamstressPrivate {

// Runs an order as somebody has written it: each written step lets its script run until the step has come, the rest is run in the order of
// adding. Problems are told as the beginning of a sentence; they are empty if there are none.
class WrittenRun
{
public:
    WrittenRun(Mechanism &mechanism, const QList<WrittenStep> &steps);

    // What did not come.
    QString follow();
    // Afterwards: where the order that came went another way than the written one, though each script made its steps. Who of those that are
    // set free at the same time goes on first is up to the system.
    QString otherWay() const;

private:
    QString comeTo(const WrittenStep &step);
    bool hasCome(const WrittenStep &step);

    Mechanism &m_mechanism;
    const QList<WrittenStep> &m_steps;
    PointNames m_names;
    std::size_t m_named = 0; // so many steps of the mechanism have names
    QList<QStringList> m_unused; // what each script has done that no written step has asked for yet
    qsizetype m_searched = 0; // so many of these, of one script, are not the step that it is to come to
};

} // namespace QSeamstressPrivate

#endif // WRITTENRUN_P_H
