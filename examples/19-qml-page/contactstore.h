// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef CONTACTSTORE_H
#define CONTACTSTORE_H

#include <QFutureWatcher>
#include <QMutex>
#include <QObject>
#include <QStringList>

// Loads contacts in the background, and saves them.
class ContactStore : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QStringList names READ names NOTIFY changed)
    Q_PROPERTY(bool isLoading READ isLoading NOTIFY changed)
    Q_PROPERTY(int saves READ saves NOTIFY changed)

public:
    ContactStore();
    ~ContactStore() override;

    QStringList names() const { return m_names; }
    bool isLoading() const { return m_loading.isRunning(); }
    int saves() const { return m_saves; }

    Q_INVOKABLE void load();
    Q_INVOKABLE void save(); // must not be called while loading: it would save incomplete contacts

    QMutex *mutex() { return &m_mutex; } // guards the file of the contacts

Q_SIGNALS:
    void changed();

private:
    QStringList read();

    QMutex m_mutex;
    QStringList m_names;
    QFutureWatcher<QStringList> m_loading;
    int m_saves = 0;
};

#endif // CONTACTSTORE_H
