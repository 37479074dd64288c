// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXECUTORERRORS_P_H
#define EXECUTORERRORS_P_H

#include "notifications_p.h"
#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// The errors of one run: those of the script, and that of the verb that failed last. Whoever is given the script's has seen them; what
// nobody has seen fails the test.
class ExecutorErrors
{
public:
    explicit ExecutorErrors(Notifications &notifications)
        : m_notifications(notifications)
    {
    }

    void begin(); // of another run
    void scriptHas(const QList<QSeamstressError> &errors); // at its end
    void verbFailed(const QSeamstressError &error);
    void verbTimedOut(const QSeamstressError &error, bool neverEnds);
    // Brings back what the script has done wrong, also where a verb that failed for another reason has told that meanwhile.
    void tellScripts();
    void addUnseen(const QList<QSeamstressError> &errors) { m_unseen.append(errors); }

    const QSeamstressError &last() const { return m_last; }
    const QList<QSeamstressError> &ofScript() const { return m_ofScript; }
    // last() or ofScript() is given to somebody.
    void seeLast();
    void seeAll() { m_unseen.clear(); }
    void setRead() { m_wasRead = true; } // last() was
    bool isToldAlive() const; // the test has failed, and has told that the script does not end
    void reportUnseen();

private:
    Notifications &m_notifications;
    QSeamstressError m_last; // of the script, or of a verb that failed for another reason
    bool m_isScripts = false; // that
    bool m_saysThatItNeverEnds = false; // likewise
    bool m_wasRead = false; // since a verb timed out
    QList<QSeamstressError> m_ofScript;
    QList<QSeamstressError> m_unseen;
};

} // namespace QSeamstressPrivate

#endif // EXECUTORERRORS_P_H
