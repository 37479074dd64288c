// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef EXECUTORERRORS_P_H
#define EXECUTORERRORS_P_H

#include "notifications_p.h"
#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// The errors of one run: those of the script, and that of the last verb that failed. The script's errors count as seen once a caller or a
// slot has received them; unseen errors fail the test.
class ExecutorErrors
{
public:
    explicit ExecutorErrors(Notifications &notifications)
        : m_notifications(notifications)
    {
    }

    void begin(); // for a new run
    void scriptHas(const QList<QSeamstressError> &errors); // when it ends
    void verbFailed(const QSeamstressError &error);
    void verbTimedOut(const QSeamstressError &error, bool neverEnds);
    // Restores the errors of the script, in case a verb that failed for another reason has replaced them.
    void tellScripts();
    void addUnseen(const QList<QSeamstressError> &errors) { m_unseen.append(errors); }

    const QSeamstressError &last() const { return m_last; }
    const QList<QSeamstressError> &ofScript() const { return m_ofScript; }
    // A caller receives last() or ofScript().
    void seeLast();
    void seeAll() { m_unseen.clear(); }
    void setRead() { m_wasRead = true; } // a caller received last()
    bool isToldAlive() const; // the test has failed with the message that the script does not end
    void reportUnseen();

private:
    Notifications &m_notifications;
    QSeamstressError m_last; // of the script, or of a verb that failed for another reason
    bool m_isScripts = false; // whether m_last is the script's
    bool m_saysThatItNeverEnds = false; // whether m_last says so
    bool m_wasRead = false; // whether a caller has received m_last since a verb timed out
    QList<QSeamstressError> m_ofScript;
    QList<QSeamstressError> m_unseen;
};

} // namespace QSeamstressPrivate

#endif // EXECUTORERRORS_P_H
