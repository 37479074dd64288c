// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef RECORDEDFAILURES_H
#define RECORDEDFAILURES_H

#include <QSeamstressNamespace>

#include <QStringList>

#include <utility>

// Records the failures that the library reports, instead of failing the test.
class RecordedFailures
{
public:
    RecordedFailures()
    {
        QSeamstress::setFailureHandler([this](const QString &message, const char *, int) { m_messages.append(message); });
    }
    ~RecordedFailures() { QSeamstress::setFailureHandler(nullptr); }
    Q_DISABLE_COPY_MOVE(RecordedFailures)
    QStringList take() { return std::exchange(m_messages, {}); }

private:
    QStringList m_messages;
};

#endif // RECORDEDFAILURES_H
