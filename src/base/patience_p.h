// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef PATIENCE_P_H
#define PATIENCE_P_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QString>

namespace QSeamstressPrivate {

// By this variable each process of a script waits for a debugger before it begins.
inline constexpr char holdVariable[] = "QSEAMSTRESS_HOLD_CHILD";

// How long one verb waits in all. One that comes from a property is stretched by QSEAMSTRESS_TIMEOUT_FACTOR and does not pass
// while a debugger is attached, or processes wait for one; one that comes from a QDeadlineTimer is taken as it is.
class Patience
{
public:
    explicit Patience(QDeadlineTimer deadline);
    static Patience fromProperty(int milliseconds);

    // Counts the time since the last call, unless somebody debugs. False when none is left.
    bool tick();
    QDeadlineTimer nextTick() const; // until when to wait before that is called again
    QDeadlineTimer deadline() const { return m_deadline; }
    qint64 waited() const; // ms; when it is over, what was given, without what the system needed to tell
    // What to do if the script only needs longer, to be added to a message: which property to raise, which verb to call again.
    QString howToWaitLonger(const char *property, const char *verb) const;

private:
    QDeadlineTimer m_deadline;
    qint64 m_given; // ms, -1 for ever
    bool m_fromProperty = false;
    QElapsedTimer m_waited;
    qint64 m_lastTick = 0; // ms since the start of m_waited
};

// Calls wait(deadline) again and again, until it returns true or the time of a property is over; then false.
template <class Wait>
bool waitPatiently(int milliseconds, Wait wait)
{
    Patience patience = Patience::fromProperty(milliseconds);
    while (!wait(patience.nextTick())) {
        if (!patience.tick())
            return false;
    }
    return true;
}

} // namespace QSeamstressPrivate

#endif // PATIENCE_P_H
