// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef STOREHOGGER_H
#define STOREHOGGER_H

#include <QSeamstressConfig>

#include "contactstore.h"

//! [hogger]
// Locks the file of a store, as another part of the application may do: load() has to wait.
class StoreHogger : public QSeamstressConfig
{
    Q_OBJECT
    Q_PROPERTY(ContactStore *store MEMBER m_store)

public:
    void setUp() override { m_store->mutex()->lock(); }
    void tearDown() override { m_store->mutex()->unlock(); }

private:
    ContactStore *m_store = nullptr;
};
//! [hogger]

#endif // STOREHOGGER_H
