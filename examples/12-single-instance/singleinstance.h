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

// Lets one process at a time be the instance of an application. A lock file identifies that process. It listens on a local socket for
// the arguments of processes that are started later.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    enum Outcome {
        IsFirst, // this process is now the instance
        HandedOver, // another process is the instance, and has received the arguments
        NoAnswer, // another process is the instance, but has not confirmed the arguments
        NotPossible // the folder cannot be used
    };

    explicit SingleInstance(const QDir &folder);
    ~SingleInstance() override;

    // Tries until the deadline: the other instance may not listen yet, or may be about to end. In the latter case, this one replaces it.
    Outcome start(const QStringList &arguments, QDeadlineTimer deadline);
    void stop();

    // The ID of the process that is the instance; 0 if unknown.
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
