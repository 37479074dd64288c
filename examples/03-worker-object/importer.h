// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef IMPORTER_H
#define IMPORTER_H

#include <QObject>
#include <QStringList>

#include <atomic>

// Imports a text in two slots, so that its thread can process other events in between. Any thread may call cancel().
class Importer : public QObject
{
    Q_OBJECT

public:
    Importer() { connect(this, &Importer::parsed, this, &Importer::store, Qt::QueuedConnection); }
    void cancel() { m_cancelled = true; }
    int stored() const { return m_stored; }

public Q_SLOTS:
    void parse(const QString &text)
    {
        m_lines = text.split(QLatin1Char('\n'));
        Q_EMIT parsed();
    }
    void store()
    {
        if (!m_cancelled)
            m_stored += static_cast<int>(m_lines.size());
        Q_EMIT done();
    }

Q_SIGNALS:
    void parsed();
    void done();

private:
    QStringList m_lines;
    std::atomic<bool> m_cancelled = false;
    std::atomic<int> m_stored = 0;
};

#endif // IMPORTER_H
