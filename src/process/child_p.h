// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CHILD_P_H
#define CHILD_P_H

#include <QtCore/QDeadlineTimer>
#include <QtCore/QProcessEnvironment>
#include <QtCore/QStringList>

#include <memory>
#include <optional>

namespace QSeamstressPrivate {

// How a process is to be started.
struct ChildSettings
{
    QString program;
    QStringList arguments;
    QString workingDirectory; // the test's own if empty
    std::optional<QProcessEnvironment> environment; // the test's own if none
    QString segmentKey = {}; // of the memory for its errors, where QProcess starts it
    qint64 memoryBytes = 0; // what is made for that where it is forked
};

// Hears what comes from a process, in the thread that owns it.
class ChildObserver
{
public:
    virtual void outputCame(const QByteArray &bytes) = 0;
    virtual void errorOutputCame(const QByteArray &bytes) = 0;
    virtual void couldNotStart(const QString &why) = 0;
    virtual void ended() = 0; // the last that is heard; all output came before

protected:
    ~ChildObserver() = default;
};

// A process that runs a script, as its test sees it: its standard input, output and error output, and how it ended. Used in the
// owner's thread only; only kill() may be called in any. The destructor kills it if it is running, and waits until it is no more, for the
// time of patienceWithSystem; then it warns.
class Child
{
public:
    // Long enough for any machine under load to start a process, and to end one that was killed; stretched as time-outs are.
    static constexpr int patienceWithSystem = 5000; // ms
    static void warnOfRest(qint64 processId);

    struct Ending
    {
        enum How { Exited,
                   Signalled,
                   Unknown };
        How how = Unknown;
        int number = 0; // the exit code, or the signal; 0 if it ended well, or if nobody knows
    };

    virtual ~Child() = default;

    // What cannot be written at once, is as soon as the event loop runs or wait() is called.
    virtual void write(const QByteArray &bytes) = 0;
    // Until it may have said something, has ended, or the deadline is over.
    virtual void wait(QDeadlineTimer deadline) = 0;
    virtual void kill() = 0;
    virtual qint64 processId() const = 0; // 0 if it is not running
    virtual Ending ending() const = 0;
    // What the process has from its start, and shares with the test; null if it finds its memory by the key.
    virtual std::shared_ptr<void> memory() const { return {}; }
};

// By the fork server. Null if that is not possible here, or not for this one.
std::unique_ptr<Child> forkChild(const ChildSettings &settings, ChildObserver &observer);
// By QProcess. Where that fails, the observer is told.
std::unique_ptr<Child> spawnChild(const ChildSettings &settings, ChildObserver &observer);

} // namespace QSeamstressPrivate

#endif // CHILD_P_H
