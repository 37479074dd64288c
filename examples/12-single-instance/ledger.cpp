// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "ledger.h"

Ledger::Ledger(const QDir &folder)
    : m_folder(folder.path())
    , m_instance(folder)
{
    connect(&m_instance, &SingleInstance::startedAgain, this, &Ledger::open);
}

bool Ledger::start(const QStringList &files, QDeadlineTimer deadline)
{
    m_message.clear();
    const SingleInstance::Outcome outcome = m_instance.start(files, deadline);
    const qint64 other = m_instance.processId(); // it may have ended since
    const QString running = other ? tr("Ledger is already running, as process %1").arg(other) : tr("Ledger is already running");
    switch (outcome) {
    case SingleInstance::IsFirst:
        open(files);
        return true;
    case SingleInstance::HandedOver:
        m_message = files.isEmpty() ? tr("%1.").arg(running) : tr("%1. It opens %2 for you.").arg(running, files.join(", "));
        return false;
    case SingleInstance::NoAnswer:
        m_message = tr("%1, but does not answer. Wait a moment or end that process, then start Ledger again.").arg(running);
        return false;
    case SingleInstance::NotPossible:
        m_message = tr("Ledger cannot start, since it cannot use the folder %1. Check that you can write to it.").arg(m_folder);
        return false;
    }
    Q_UNREACHABLE();
}

void Ledger::close()
{
    m_instance.stop();
    m_openFiles.clear();
}

void Ledger::open(const QStringList &files)
{
    m_openFiles += files;
    Q_EMIT opened(files);
}
