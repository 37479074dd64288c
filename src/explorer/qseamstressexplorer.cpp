// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressexplorer.h"

#include <limits>
#include <utility>

#include "explorerdata_p.h"

using namespace QSeamstressPrivate;

/*!
    \enum QSeamstressExplorer::Verdict

    What came of the last call of explore() or run().

    \value Passed All orders that were run passed.
    \value CheckFailed The check returned \c false.
    \value ExceptionThrown A script, the check or the reset threw, or a script failed otherwise: its process died, or it cannot be run in this way.
    \value Deadlock All scripts that had not ended were blocked, on what only they could free.
    \value TimedOut A step did not end within the time of setTimeout(), or the order had no end.
    \value NotDeterministic The same order did not come out the same way twice.
    \value InvalidOrder The order could not be run: it cannot be read, names what does not come, or the explorer was misused.
*/

/*!
    \fn void QSeamstressExplorer::progressed(qint64 tried, qint64 planned)

    Emitted about every 100 ms while explore() runs, and at its end: \a tried orders have been run of \a planned. A slot must not call
    explore() or run(). If it deletes the explorer, explore() returns \c false.
*/

/*!
    \fn void QSeamstressExplorer::explored()

    Emitted when explore() or run() has run orders, before it returns.
*/

/*!
    \fn void QSeamstressExplorer::settingsChanged()

    Emitted when maximumOrders, maximumPreemptions, seed or timeout has changed.
*/

/*!
    Makes an explorer without scripts. \a parent may be null.
*/
QSeamstressExplorer::QSeamstressExplorer(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<ExplorerData>(this))
{
}

/*!
    Destroys the explorer, and ends its threads. Those that are stuck in a deadlock stay.
*/
QSeamstressExplorer::~QSeamstressExplorer() = default;

/*!
    \fn template <class Script> void QSeamstressExplorer::addThread(const QString &name, Script script)

    Adds \a script, which orders call \a name, to be run in a thread of its own. It may be anything that QSeamstressThread takes: a
    coroutine, a function that calls QSeamstress::pause(), one that returns a guard.
*/

/*!
    \fn template <class Script> void QSeamstressExplorer::addTask(const QString &name, Script script)

    Adds \a script, which orders call \a name, to be run in the thread of the explorer. It is a coroutine that returns
    QSeamstressScript. Where it does not await anything, its steps take no turn of the event loop. It must not wait for a lock: nobody
    could go on.
*/

/*!
    \fn template <class Script, class... Args> void QSeamstressExplorer::addProcess(const QString &name, Script script, Args... args)

    Adds \a script, which orders call \a name, to be run in a process of its own, a new one for each order, with \a args. It may be anything that
    QSeamstressProcess takes.
*/

/*!
    Returns the names of the scripts, in the order of adding.
*/
QStringList QSeamstressExplorer::scripts() const
{
    return d->names();
}

/*!
    Takes all scripts out, and forgets what was refused when they were added. What was set stays, as does what came of the last run.
*/
void QSeamstressExplorer::clear()
{
    if (d->mayChange("clear"))
        d->clear();
}

/*!
    Returns the function that is called before each order; empty if there is none.
*/
std::function<void()> QSeamstressExplorer::reset() const
{
    return d->reset;
}

/*!
    Makes \a reset the function that is called before each order, to bring back what the scripts change. None by default.
*/
void QSeamstressExplorer::setReset(std::function<void()> reset)
{
    if (d->mayChange("setReset"))
        d->reset = std::move(reset);
}

/*!
    Returns the function that is called after each order; empty if there is none.
*/
std::function<bool()> QSeamstressExplorer::check() const
{
    return d->check;
}

/*!
    Makes \a check the function that is called after each order, and returns whether it was right. None by default.
*/
void QSeamstressExplorer::setCheck(std::function<bool()> check)
{
    if (d->mayChange("setCheck"))
        d->check = std::move(check);
}

/*!
    \property QSeamstressExplorer::maximumOrders
    \brief how many orders are run at most, 1 or more. The default is 10000.
*/
int QSeamstressExplorer::maximumOrders() const
{
    return d->limits.orders;
}

void QSeamstressExplorer::setMaximumOrders(int count)
{
    d->set("setMaximumOrders", d->limits.orders, count, count < 1 ? QStringLiteral("%1 orders cannot be run; give a number from 1").arg(count) : QString());
}

/*!
    \property QSeamstressExplorer::maximumPreemptions
    \brief how many preemptions an order has at most. By default, or with -1, there is no such bound.
*/
int QSeamstressExplorer::maximumPreemptions() const
{
    return d->limits.preemptions;
}

void QSeamstressExplorer::setMaximumPreemptions(int count)
{
    d->set("setMaximumPreemptions", d->limits.preemptions, count, count < -1 ? QStringLiteral("%1 is no number of preemptions; give one from 0, or -1 for no bound").arg(count) : QString());
}

/*!
    \property QSeamstressExplorer::seed
    \brief by which the sample is drawn, 1 by default. The report names it.
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
    \brief the time for each step, in milliseconds: 5000 by default, -1 is for ever. It is stretched as \l{Time-outs} describes.

    When a step is late, all scripts are let go to their ends, which they have as much time for, and 5 s at least. The order is run again then. So
    if a script never ends, it takes more than 10 s until that is reported, however short the time is.
*/
int QSeamstressExplorer::timeout() const
{
    return d->timeout;
}

/*!
    Returns the \l timeout. Minus one millisecond is for ever.
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

    Sets the \l timeout to \a timeout.
*/
void QSeamstressExplorer::setTimeout(std::chrono::milliseconds timeout)
{
    const bool fits = timeout.count() >= -1 && timeout.count() <= std::numeric_limits<int>::max();
    d->set("setTimeout", d->timeout, static_cast<int>(timeout.count()), fits ? QString() : QStringLiteral("%1 ms is no time-out; give one from 0, or -1 for ever").arg(timeout.count()));
}

/*!
    Runs the scripts in one order after the other, until one fails. Returns \c true if none does. Otherwise report() says all that is known:

    \snippet 20-lost-update/tst_lostupdate.cpp explore
*/
bool QSeamstressExplorer::explore()
{
    return d->explore();
}

/*!
    Runs the scripts in this \a order, then to their ends in the order of adding, then the check. Returns \c true if they pass.

    A step of \a order lets its script run until the step has come, through other pause points before it. An order that does not fit the
    scripts is an InvalidOrder.
*/
bool QSeamstressExplorer::run(const QString &order)
{
    return d->run(order);
}

/*!
    Adds the column "order" to the data of a test function, and a row for each order, whose tag is the order itself. It runs each once, without the
    check, to know what they are.

    \snippet 20-lost-update/tst_lostupdate.cpp rows
*/
void QSeamstressExplorer::addRows()
{
    d->addRows();
}

/*!
    \property QSeamstressExplorer::verdict
    \brief what came of the last call of explore() or run().
*/
QSeamstressExplorer::Verdict QSeamstressExplorer::verdict() const
{
    return d->verdict;
}

/*!
    \property QSeamstressExplorer::failingOrder
    \brief the order that failed, to be given to run(). Empty if none did.
*/
QString QSeamstressExplorer::failingOrder() const
{
    return d->failingOrder;
}

/*!
    \property QSeamstressExplorer::report
    \brief what came of the last call of explore() or run(), in words.

    It has the verdict, the numbers, the order that failed, how to run it
    again, and its timeline. An order of more than 100 characters is told in a shorter form first, which is run in the same way: of the
    steps that one script makes in a row it has the last one only. Then all of it is at the end, since QTest cuts a message after 1,023 bytes;
    but if it has more than 10,000 characters, only failingOrder() has it.
*/
QString QSeamstressExplorer::report() const
{
    return d->report;
}

/*!
    \property QSeamstressExplorer::totalOrders
    \brief how many orders there are, as the numbers of steps in the trial run tell.

    It is -1 if another run had other numbers, if no run came to
    its end, or if there are more than a qint64 can hold.
*/
qint64 QSeamstressExplorer::totalOrders() const
{
    return d->coverage.total;
}

/*!
    \property QSeamstressExplorer::triedOrders
    \brief how many orders were run in which no script was blocked.

    The trial run, and the second run of an order that failed, do not count.
*/
qint64 QSeamstressExplorer::triedOrders() const
{
    return d->coverage.tried;
}

/*!
    \property QSeamstressExplorer::infeasibleOrders
    \brief how many orders were run in which a script was blocked, so that it could not be asked to move.
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
