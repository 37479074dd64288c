// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SINGLEINSTANCE_H
#define SINGLEINSTANCE_H

#include <QDeadlineTimer>
#include <QDir>
#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QStringList>

class QLocalSocket;

// Lets one process at a time be the instance of an application. A lock file says which one; on a local socket it takes the arguments
// of those that are started later.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    enum Outcome {
        IsFirst, // this process is the instance now
        HandedOver, // another one is, and has taken the arguments
        NoAnswer, // another one is, and has not taken them
        NotPossible // the folder cannot be used
    };

    explicit SingleInstance(const QDir &folder);
    ~SingleInstance() override;

    // Tries until the deadline. The instance that there is may be about to begin, or about to end: then this one takes its place.
    Outcome start(const QStringList &arguments, QDeadlineTimer deadline);
    void stop();

    // The process that is the instance, 0 if that is not known.
    qint64 processId() const;

Q_SIGNALS:
    void startedAgain(const QStringList &arguments);

private:
    bool listen();
    bool handOver(const QStringList &arguments, QDeadlineTimer deadline) const;
    void welcome();
    void read(QLocalSocket *client);

    QLockFile m_lock;
    const QString m_socketPath;
    QLocalServer m_server;
};

#endif // SINGLEINSTANCE_H
