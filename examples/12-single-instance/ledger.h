// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LEDGER_H
#define LEDGER_H

#include <QDeadlineTimer>
#include <QObject>
#include <QString>

#include <chrono>

#include "singleinstance.h"

// An application that each user runs only once, since two instances would corrupt each other's files.
class Ledger : public QObject
{
    Q_OBJECT

public:
    explicit Ledger(const QDir &folder);

    // Opens the files and returns true. If another process is the application already, that process opens them, and this function
    // returns false. It also returns false on failure. If it returns false, main() shows the message and returns.
    bool start(const QStringList &files, QDeadlineTimer deadline = std::chrono::seconds(5));
    void close();

    QString message() const { return m_message; }
    QStringList openFiles() const { return m_openFiles; }

Q_SIGNALS:
    void opened(const QStringList &files);

private:
    void open(const QStringList &files);

    const QString m_folder;
    SingleInstance m_instance;
    QString m_message;
    QStringList m_openFiles;
};

#endif // LEDGER_H
