// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PROGRESS_P_H
#define PROGRESS_P_H

#include <QtCore/QElapsedTimer>

namespace QSeamstressPrivate {

// A line on the terminal, if there is one and if it takes long.
class Progress
{
public:
    Progress();
    ~Progress();
    Q_DISABLE_COPY_MOVE(Progress)

    // True from time to time: then it is worth telling.
    bool isDue();
    void show(qint64 tried, qint64 planned);

private:
    QElapsedTimer m_elapsed;
    qint64 m_lastTold = 0; // ms
    bool m_isShown = false;
};

} // namespace QSeamstressPrivate

#endif // PROGRESS_P_H
