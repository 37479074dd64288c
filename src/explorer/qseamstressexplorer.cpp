// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressexplorer.h"

#include <limits>
#include <utility>

#include "explorerdata_p.h"

using namespace QSeamstressPrivate;

/*!
    \enum QSeamstressExplorer::Verdict

    The result of the last call to explore() or run().

    \value Passed All orders that were run passed.
    \value CheckFailed The check returned \c false.
    \value ExceptionThrown A script, the check or the reset threw, or a script failed in another way: its process died, or it cannot be run in this kind of executor.
    \value Deadlock All scripts that had not ended were blocked on something that only they could release.
    \value TimedOut A step did not end within the time of setTimeout(), or the order had more than 100,000 steps.
    \value NotDeterministic The same order gave different results in two runs.
    \value InvalidOrder The order could not be run: it cannot be read, it names a step that does not happen, or the explorer was misused.
*/

/*!
    \fn void QSeamstressExplorer::progressed(qint64 tried, qint64 planned)

    Emitted about every 100 ms while explore() runs, and once when it ends: \a tried of \a planned orders have been run. A slot must not
    call explore() or run(). If it deletes the explorer, explore() returns \c false.
*/

/*!
    \fn void QSeamstressExplorer::explored()

    Emitted after explore() or run() has run its orders and before it returns.
*/

/*!
    \fn void QSeamstressExplorer::settingsChanged()

    Emitted when maximumOrders, maximumPreemptions, seed or timeout changes.
*/

/*!
    Creates an explorer without scripts. \a parent may be null.
*/
QSeamstressExplorer::QSeamstressExplorer(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ExplorerData>(this))
{
}

/*!
    Destroys the explorer and ends its threads. Threads that are in a deadlock are abandoned.
*/
QSeamstressExplorer::~QSeamstressExplorer() = default;

/*!
    \fn template <class Script> void QSeamstressExplorer::addThread(const QString &name, Script script)

    Adds \a script under the name \a name. It runs in a thread of its own. It is a callable that QSeamstressThread accepts: a coroutine, a
    function that calls \l{QSeamstress::pause}{QSeamstress::pause()}, or a function that returns a guard.
*/

/*!
    \fn template <class Script> void QSeamstressExplorer::addTask(const QString &name, Script script)

    Adds \a script under the name \a name. It runs in the thread of the explorer. It is a coroutine that returns QSeamstressScript. As
    long as it awaits nothing, its steps do not return to the event loop. It must not wait for a lock, which would block the explorer.
*/

/*!
    \fn template <class Script, class... Args> void QSeamstressExplorer::addProcess(const QString &name, Script script, Args... args)

    Adds \a script under the name \a name. It runs with \a args in a process of its own, a new one for each order. It is a callable that
    QSeamstressProcess accepts.
*/

/*!
    Returns the names of the scripts, in the order in which they were added.
*/
QStringList QSeamstressExplorer::scripts() const
{
    return d->names();
}

/*!
    Removes all scripts and forgets which scripts were refused. The settings and the result of the last run are kept.
*/
void QSeamstressExplorer::clear()
{
    if (d->mayChange("clear"))
        d->clear();
}

/*!
    Returns the function that is called before each order, or an empty function if there is none.
*/
std::function<void()> QSeamstressExplorer::reset() const
{
    return d->reset;
}

/*!
    Sets \a reset as the function that is called before each order. It restores what the scripts change. There is none by default.
*/
void QSeamstressExplorer::setReset(std::function<void()> reset)
{
    if (d->mayChange("setReset"))
        d->reset = std::move(reset);
}

/*!
    Returns the function that is called after each order, or an empty function if there is none.
*/
std::function<bool()> QSeamstressExplorer::check() const
{
    return d->check;
}

/*!
    Sets \a check as the function that is called after each order. It returns whether the result is right. There is none by default.
*/
void QSeamstressExplorer::setCheck(std::function<bool()> check)
{
    if (d->mayChange("setCheck"))
        d->check = std::move(check);
}

/*!
    \property QSeamstressExplorer::maximumOrders
    \brief the maximum number of orders that are run, 1 or more. The default is 10000.
*/
int QSeamstressExplorer::maximumOrders() const
{
    return d->limits.orders;
}

void QSeamstressExplorer::setMaximumOrders(int count)
{
    d->set("setMaximumOrders", d->limits.orders, count, count < 1 ? QStringLiteral("%1 is not a valid number of orders; pass 1 or more").arg(count) : QString());
}

/*!
    \property QSeamstressExplorer::maximumPreemptions
    \brief the maximum number of preemptions in an order. The default is -1, which means no limit.
*/
int QSeamstressExplorer::maximumPreemptions() const
{
    return d->limits.preemptions;
}

void QSeamstressExplorer::setMaximumPreemptions(int count)
{
    d->set("setMaximumPreemptions", d->limits.preemptions, count, count < -1 ? QStringLiteral("%1 is not a valid number of preemptions; pass 0 or more, or -1 for no limit").arg(count) : QString());
}

/*!
    \property QSeamstressExplorer::seed
    \brief the seed of the orders that are drawn at random. The default is 1. The report contains it if orders were drawn.
*/
quint32 QSeamstressExplorer::seed() const
{
    return d->limits.seed;
}

void QSeamstressExplorer::setSeed(quint32 seed)
{
    d->set("setSeed", d->limits.seed, seed);
}

/*!
    \property QSeamstressExplorer::timeout
    \brief the time for each step in milliseconds, or -1 to wait forever. The default is 5000. It is scaled as described in \l{Time-outs}.

    When a step times out, all scripts are run to their ends. They have the same time for that, but at least 5 s. Then the order is run again. So
    if a script never ends, it takes more than 10 s to report this, however short the time-out is.
*/
int QSeamstressExplorer::timeout() const
{
    return d->timeout;
}

/*!
    Returns the \l timeout. -1 ms means forever.
*/
std::chrono::milliseconds QSeamstressExplorer::timeoutAsDuration() const
{
    return std::chrono::milliseconds(d->timeout);
}

void QSeamstressExplorer::setTimeout(int milliseconds)
{
    setTimeout(std::chrono::milliseconds(milliseconds));
}

/*!
    \overload

    Sets \a timeout as the \l timeout.
*/
void QSeamstressExplorer::setTimeout(std::chrono::milliseconds timeout)
{
    const bool fits = timeout.count() >= -1 && timeout.count() <= std::numeric_limits<int>::max();
    d->set("setTimeout", d->timeout, static_cast<int>(timeout.count()), fits ? QString() : QStringLiteral("%1 ms is not a valid time-out; pass 0 or more, or -1 to wait forever").arg(timeout.count()));
}

/*!
    Runs the scripts in one order after another until one fails. Returns \c true if none does. Otherwise report() describes the failure:

    \snippet 20-lost-update/tst_lostupdate.cpp explore
*/
bool QSeamstressExplorer::explore()
{
    return d->explore();
}

/*!
    Runs the scripts in this \a order, then to their ends in the order in which they were added, and then calls the check. Returns \c true if
    all of this succeeds.

    A step of \a order lets its script run until the step has happened, past any other pause points before it. An order that does not fit
    the scripts is an InvalidOrder.
*/
bool QSeamstressExplorer::run(const QString &order)
{
    return d->run(order);
}

/*!
    Adds the column "order" to the data of a test function, and a row for each order. The order itself is the tag of its row. To find the
    orders, this function runs each of them once, without the check.

    \snippet 20-lost-update/tst_lostupdate.cpp rows
*/
void QSeamstressExplorer::addRows()
{
    d->addRows();
}

/*!
    \property QSeamstressExplorer::verdict
    \brief the result of the last call to explore() or run().
*/
QSeamstressExplorer::Verdict QSeamstressExplorer::verdict() const
{
    return d->verdict;
}

/*!
    \property QSeamstressExplorer::failingOrder
    \brief the order that failed, as run() takes it. Empty if no order failed.
*/
QString QSeamstressExplorer::failingOrder() const
{
    return d->failingOrder;
}

/*!
    \property QSeamstressExplorer::report
    \brief a description of the result of the last call to explore() or run().

    It contains the verdict, the number of orders, the order that failed, its timeline, and how to run it again. An order of more than 100
    characters is given in a shorter form that runs in the same way: of the steps that one script makes in a row, only the last one. If
    that is still longer than 300 characters, it comes after the timeline, since QTest cuts a message off after 1,023 bytes. failingOrder()
    always contains the whole order.
*/
QString QSeamstressExplorer::report() const
{
    return d->report;
}

/*!
    \property QSeamstressExplorer::totalOrders
    \brief the total number of orders, calculated from the number of steps of each script in the trial run.

    It is -1 if another run had different numbers of steps, if the trial run timed out or ended in a deadlock, or if the total does not fit into a qint64.
*/
qint64 QSeamstressExplorer::totalOrders() const
{
    return d->coverage.total;
}

/*!
    \property QSeamstressExplorer::triedOrders
    \brief the number of orders that were run and in which no script was blocked.

    A trial run that passes does not count, nor do repeated runs of an order that failed.
*/
qint64 QSeamstressExplorer::triedOrders() const
{
    return d->coverage.tried;
}

/*!
    \property QSeamstressExplorer::infeasibleOrders
    \brief the number of orders that were run and in which a script was blocked, so that it could not take its next step.
*/
qint64 QSeamstressExplorer::infeasibleOrders() const
{
    return d->coverage.infeasible;
}

void QSeamstressExplorer::addThreadSource(const QString &name, const ScriptSource &source)
{
    d->addScript("addThread", name, source, &makeThreadActor);
}

void QSeamstressExplorer::addTaskSource(const QString &name, const ScriptSource &source)
{
    d->addScript("addTask", name, source, &makeTaskActor);
}

void QSeamstressExplorer::addProcessSource(const QString &name, const ScriptSource &source)
{
    d->addScript("addProcess", name, source, &makeProcessActor);
}
