// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef LOCKHOGGER_H
#define LOCKHOGGER_H

#include <QSeamstressConfig>

#include <QLockFile>

#include <memory>
#include <stdexcept>

//! [config]
// A C++ config for threads and processes of a test in QML, with a property that can be bound.
class LockHogger : public QSeamstressConfig
{
    Q_OBJECT
    Q_PROPERTY(QString path READ path WRITE setPath NOTIFY pathChanged)

public:
    QString path() const { return m_path; }
    void setPath(const QString &path)
    {
        m_path = path;
        Q_EMIT pathChanged();
    }

    void setUp() override
    {
        m_lock = std::make_unique<QLockFile>(m_path);
        if (!m_lock->tryLock())
            throw std::runtime_error("the lock is not free");
    }
    void tearDown() override { m_lock.reset(); }

Q_SIGNALS:
    void pathChanged();

private:
    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};
//! [config]

// A config that is used by its signals only.
class SlotUser : public QSeamstressConfig
{
    Q_OBJECT
};

#endif // LOCKHOGGER_H
