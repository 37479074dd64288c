// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MAILBOX_P_H
#define MAILBOX_P_H

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QVariant>

#include <mutex>
#include <optional>

#include "../base/sleeper_p.h"
#include "../script/passedpoints_p.h"
#include "../script/scripthost_p.h"
#include "../timeline/timeline_p.h"
#include "qseamstresserror.h"

namespace QSeamstressPrivate {

// What the script's side reports to the owner's side.
struct ScriptEvent
{
    enum Type { Halted, Ended };
    Type type;
    QString point;
    QVariant value;
    quint32 order = 0;
    QList<QSeamstressError> errors;
};

// Carries the events of one run to the owner: either a waiting verb takes them, or an event is posted to the owner, never both. The
// script's side may call from any thread and outlive the owner.
class Mailbox final : public ScriptObserver
{
public:
    Mailbox(QObject *owner, Timeline::Place place);
    ~Mailbox(); // nothing is left of the run
    Q_DISABLE_COPY_MOVE(Mailbox)

    // The script's side.
    void reached(const QString &point, bool halts) override;
    bool halted(const QString &point, const QVariant &value, quint32 order) override;
    void cancelled() override;
    void ended(const QList<QSeamstressError> &errors);

    // A step of the script runs the event loop of the owner's thread: posts an event that notifies the owner.
    void tellOfEventLoop();
    void forgetEventLoop(); // the step is over

    // The owner's side.
    void beginAttending(); // a caller will use take() or waitForEvent(): no event need be posted
    void endAttending();
    void endAttendingAndDeliver(); // delivers at once if the owner lives in this thread
    void heard(); // the posted event has arrived
    std::optional<ScriptEvent> take();
    void putBack(const ScriptEvent &event);
    void waitForEvent(QDeadlineTimer deadline, Sleeper::Looks looks);
    QList<QSeamstressError> disown(); // the owner is gone; returns the errors that it has not taken
    PassedPoints passedPoints() const;
    void addToTimeline(const QString &event, Timeline::Turn turn = Timeline::Turn::None) { Timeline::instance().add(m_place, event, turn); }

    static int wakeUpEventType();
    static int eventLoopEventType(); // of the event that tellOfEventLoop() posts

private:
    bool post(ScriptEvent event); // true if the owner is spinning
    void tellEventLoop();

    mutable std::mutex m_mutex;
    Sleeper m_sleeper;
    QObject *m_owner;
    int m_attendants = 0;
    bool m_told = false;
    bool m_toldOfEventLoop = false;
    bool m_hasEnded = false; // whether the script has
    QList<ScriptEvent> m_events;
    PassedPoints m_passed;
    const PointsWithoutScript m_withoutScript;
    const Timeline::Place m_place;
};

} // namespace QSeamstressPrivate

#endif // MAILBOX_P_H
