// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "contactstore.h"

#include <QtConcurrentRun>

ContactStore::ContactStore()
{
    connect(&m_loading, &QFutureWatcher<QStringList>::finished, this, [this] {
        m_names = m_loading.result();
        Q_EMIT changed();
    });
}

ContactStore::~ContactStore()
{
    m_loading.waitForFinished();
}

void ContactStore::load()
{
    m_loading.setFuture(QtConcurrent::run([this] { return read(); }));
    Q_EMIT changed();
}

void ContactStore::save()
{
    Q_ASSERT_X(!isLoading(), "ContactStore::save", "the contacts are still loading");
    ++m_saves;
    Q_EMIT changed();
}

QStringList ContactStore::read()
{
    const QMutexLocker locker(&m_mutex);
    return { "Alice", "Bob", "Carol" };
}
