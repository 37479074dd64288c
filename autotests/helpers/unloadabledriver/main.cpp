// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A driver of Qt that cannot be loaded: like one whose database's client library is not installed, it needs what no library has.

#include <QSqlDriverPlugin>

extern int inNoLibrary;
Q_DECL_EXPORT int *needed = &inNoLibrary;

class UnloadableDriver : public QSqlDriverPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QSqlDriverFactoryInterface_iid FILE "unloadabledriver.json")

public:
    QSqlDriver *create(const QString &) override { return nullptr; }
};

#include "main.moc"
