// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PASSESBYTHREADS_P_H
#define PASSESBYTHREADS_P_H

#include <QtCore/QList>
#include <QtCore/QString>

namespace QSeamstressPrivate {

// Which threads have passed which pause points, and how often, in the order of the first time.
class PassesByThreads
{
public:
    void add(const QString &point, const QString &thread);
    QString text() const; // a sentence

private:
    struct Pass
    {
        QString point;
        QString thread;
        int count;
    };

    // So many are told apart.
    static constexpr qsizetype maximum = 20;

    QList<Pass> m_passes;
    qint64 m_others = 0;
};

} // namespace QSeamstressPrivate

#endif // PASSESBYTHREADS_P_H
