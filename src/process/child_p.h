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

// How to start a process.
struct ChildSettings
{
    QString program;
    QStringList arguments;
    QString workingDirectory; // empty: that of the test
    std::optional<QProcessEnvironment> environment; // empty: that of the test
    QString segmentKey = {}; // of the shared memory for errors, if QProcess starts it
    qint64 memoryBytes = 0; // size of that memory, if it is forked
};

// Receives what a process sends, in the thread that owns the Child.
class ChildObserver
{
public:
    virtual void outputCame(const QByteArray &bytes) = 0;
    virtual void errorOutputCame(const QByteArray &bytes) = 0;
    virtual void couldNotStart(const QString &why) = 0;
    virtual void ended() = 0; // the last call; all output came before

protected:
    ~ChildObserver() = default;
};

// A process that runs a script, as seen by its test: its standard input, standard output and standard error, and how it ended. Only the
// owner's thread may use it, except for kill(), which any thread may call. The destructor kills a running process and waits up to
// patienceWithSystem for its end; after that it warns.
class Child
{
public:
    // Long enough to start a process, or to end a killed one, on any machine under load. Scaled like the time-outs.
    static constexpr int patienceWithSystem = 5000; // ms
    static void warnOfRest(qint64 processId);

    struct Ending
    {
        enum How { Exited,
                   Signalled,
                   Unknown };
        How how = Unknown;
        int number = 0; // the exit code or the signal; 0 on success or if unknown
    };

    virtual ~Child() = default;

    // Bytes that cannot be written at once are written when the event loop runs or wait() is called.
    virtual void write(const QByteArray &bytes) = 0;
    // Returns when there may be output, when the process has ended, or at the deadline.
    virtual void wait(QDeadlineTimer deadline) = 0;
    virtual void kill() = 0;
    virtual qint64 processId() const = 0; // 0 if it is not running
    virtual Ending ending() const = 0;
    // The memory that the process inherits and shares with the test; null if the process finds its memory by the key.
    virtual std::shared_ptr<void> memory() const { return {}; }
};

// Uses the fork server. Null if there is none on this platform, or if it cannot start this process.
std::unique_ptr<Child> forkChild(const ChildSettings &settings, ChildObserver &observer);
// Uses QProcess. Failures are reported to the observer.
std::unique_ptr<Child> spawnChild(const ChildSettings &settings, ChildObserver &observer);

} // namespace QSeamstressPrivate

#endif // CHILD_P_H
