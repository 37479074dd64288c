// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressexplorer.h"

#include <limits>
#include <utility>

#include "explorerdata_p.h"

using namespace QSeamstressPrivate;

/*!
    \class QSeamstressExplorer
    \inmodule QSeamstress
    \brief Runs several scripts in every order of their steps, and names the order that fails.

    An executor proves what happens in one order. A bug is often in an order that nobody thought of. An explorer tries them all, on
    real threads, event loop tasks and processes:

    \snippet 20-lost-update/tst_lostupdate.cpp explore

    \section1 Orders

    A script makes a step each time that it is let go: from its beginning to its first pause point, from there to the next one, and from
    the last one to its end. So one with three pause points has four steps. Only one script runs at a time; the explorer decides after
    each step whose turn it is.

    An order is written as its steps, in a row, with a space between them, as in \c{A>read B>read A>done B>done}.

    \table
    \header \li Step \li What it means
    \row \li \c{A>read} \li Script A runs until it halts at its pause point \c read.
    \row \li \c{A>read#2} \li Until it halts at \c read for the second time.
    \row \li \c{A>#3} \li Until it halts for the third time at a pause point without a name.
    \row \li \c{A>done} \li Until it ends, or throws.
    \row \li \c{A>blocked} \li Until it is blocked on something, such as a lock, or does not get on for another reason.
    \endtable

    Names of pause points may have spaces in them, but not at their ends. Names of scripts may not, nor a \c{>}; names of pause points may
    have neither \c{>} nor \c{#}, and not be \c done or \c blocked. Such names are refused. What has been refused by addThread(), addTask() or
    addProcess() is refused again by each explore(), run() and addRows() of that explorer: without that script they would prove something else.

    \section1 Which orders are tried, and when

    All of them, those with fewer preemptions first, so that the first failure is the simplest one. A preemption is a switch away from a
    script that could go on; leaving one that is blocked or has ended is free, as in Musuvathi and Qadeer: Iterative Context Bounding for
    Systematic Testing of Multithreaded Programs, PLDI 2007.

    Nothing is modelled: each order is run, since what a script does next may depend on what others did before. A trial run in the order of
    adding tells how many steps each script has, and so how many orders there are. If that is more than setMaximumOrders() allows, only
    those numbers of preemptions are tried that fit as a whole; the rest of the maximum is a random sample in which each order is equally
    likely, drawn with setSeed().

    What happens within a step is not chosen: which of several scripts that are woken goes on first, whether a wait times out, when a
    co_await is ready, and what threads do that run no script. The system decides that, only what came is tried, and the number of orders may
    differ from run to run. Where that came up, report() names it in its line "Left to the system".

    Scripts run on the same threads in one order after the other: a \c thread_local variable keeps its value. setReset() has to bring
    back whatever a script changes. An order that fails is run again before it is reported; if its steps are not the same then, the verdict
    is NotDeterministic.

    \section1 Scripts that block

    A script that waits for a lock that another one holds has made the step \c{B>blocked}. Then the others move on. As soon as it can,
    it goes on by itself to where it halts next; the order has that step where it happened, and who of several gets a lock. Who of those
    that are set free at once goes on first is up to the system: their steps come in the order in which they halted or ended. So run()
    of an order may not come about; it is tried up to three times, and is an InvalidOrder then, which names the step at which it went
    another way. So is one in which the next step is of a script that only a halted one could free. Orders in which a script
    was blocked are counted apart, by infeasibleOrders(). If all that are left are blocked, on what only they could free, that is a
    Deadlock, and the report says who waits for what, and who holds it if the lock tells: the locks of the C++ standard library do, on
    Linux. Its threads are left alone with all that they have captured: let setReset() make new locks in a std::shared_ptr that the
    scripts have a copy of, since the destructor of a condition waits for whoever waits on it. Processes are killed. See \l{The end of
    the program}. Scripts that all await what only they could make ready are in a deadlock, too.

    This needs a system that tells what threads do: see QSeamstressThread::isActivityAvailable(). Elsewhere a script that blocks ends in
    TimedOut. A wait with a time-out of its own is never called a deadlock, nor is anything while a thread that runs no script may still
    do something for one: it computes, sleeps, waits with a time-out, or for what comes from outside. If nobody gets on within the time
    of setTimeout(), that is TimedOut, and the report names such threads. Threads of pools that wait for work do not count; a thread of
    a pool other than the global one, or that such a thread has made, that waits for something else, with a time-out of more than 10 s, is
    taken for one of those. Nor do threads of GLib, or an event loop that only an eventfd wakes which another process or the kernel writes. A lock
    of a file is in a deadlock if a descriptor of this program, or of a script's process, has it; not if another program has. What a
    signal handler does that no timer of the program calls is not foreseen. A wait for what may come from outside of the program, as
    from a server, counts as blocked when it has taken 50 ms, or a hundredth of setTimeout() if that is more, stretched as \l{Time-outs}
    describes; if the script wakes up in between, that begins anew, for ten times as long at most. So does a co_await. While threads of
    the system wait for a processor, it must have taken ten times as long. What is outside may only be slow by chance: explore() and
    addRows() run such an order again, up to three times, until it comes out the same way twice. If what is outside needs longer than
    that to answer, raise setTimeout().

    Threads of the program that are no scripts are not waited for. If a script needs what one of them does, as with QtConcurrent::run()
    or a QSeamstressThread inside of the script, its step is over as soon as it waits, and when it goes on is up to the system: the same
    order may come out differently, and be called NotDeterministic. Add such a thread as a script of its own, or do its work in the
    script.

    A script that waits by looking again and again must not have a pause point in that loop: there it is never blocked, and the others
    never move. An order of more than 100,000 steps is given up, as TimedOut. One that sleeps between its looks, as QLockFile::lock()
    does, is TimedOut if a halted script has what it waits for; use \c tryLock(), or a lock that blocks.

    The thread of the explorer is none that a script waits for in vain: while the script that makes a step is blocked, sleeps, runs an
    event loop, or has computed for 50 ms, events that were posted to objects of that thread are delivered, such as a call by
    Qt::BlockingQueuedConnection, or a queued one whose end is waited for, and deleteLater(). They belong to the step. All others are
    delivered at the end of the order, before the check. While nobody can make a step its event loop runs, too, in
    which a timer or a socket may free somebody. If there are processes, a socket is not waited for longer than that nobody else goes on. A call that waits for what a halted script has stops the explorer; a warning says so
    after the time of setTimeout().

    A step of a task is a call in the thread of the explorer. One that blocks there, on a lock that another script holds perhaps, stops
    the explorer with it; a warning says so after the time of setTimeout(). Let such a script co_await, or add it by addThread(). If a
    step stays in an event loop of its own for so long, as in QDialog::exec(), that is a warning and a failure of the test.

    \section1 Threads

    Use an explorer in the thread that it lives in. explore() and run() block until they are done; they process events where a task
    awaits something, and deliver those that were posted where a script in a thread or process is blocked, and at the end of each order.
    setReset() and setCheck() take functions that are called in that thread, while no script runs.

    \section1 Environment

    \table
    \header \li Variable \li Meaning
    \row \li \c QSEAMSTRESS_ORDER \li explore() runs this order only.
    \row \li \c QSEAMSTRESS_SHARDS, \c QSEAMSTRESS_SHARD \li explore() runs every n-th order only, from the k-th one on. The first is n, the second
         is k, from 1 to n or from 0 to n - 1. Where the number of steps depends on the order, use no shards: they share out the orders that the trial run
         lets expect.
    \endtable

    \sa QSeamstressThread, QSeamstressTask, QSeamstressProcess
*/

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
    return d->maximumOrders;
}

void QSeamstressExplorer::setMaximumOrders(int count)
{
    d->set("setMaximumOrders", d->maximumOrders, count, count < 1 ? QStringLiteral("%1 orders cannot be run; give a number from 1").arg(count) : QString());
}

/*!
    \property QSeamstressExplorer::maximumPreemptions
    \brief how many preemptions an order has at most. By default, or with -1, there is no such bound.
*/
int QSeamstressExplorer::maximumPreemptions() const
{
    return d->maximumPreemptions;
}

void QSeamstressExplorer::setMaximumPreemptions(int count)
{
    d->set("setMaximumPreemptions", d->maximumPreemptions, count, count < -1 ? QStringLiteral("%1 is no number of preemptions; give one from 0, or -1 for no bound").arg(count) : QString());
}

/*!
    \property QSeamstressExplorer::seed
    \brief by which the sample is drawn, 1 by default. The report names it.
*/
quint32 QSeamstressExplorer::seed() const
{
    return d->seed;
}

void QSeamstressExplorer::setSeed(quint32 seed)
{
    d->set("setSeed", d->seed, seed);
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
