// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A Qt database driver that cannot be loaded. It needs an undefined symbol, as if the client library of its database were not installed.

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
