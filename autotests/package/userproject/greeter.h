// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef GREETER_H
#define GREETER_H

#include <QSeamstressConfig>

#include <QCoreApplication>
#include <QFileInfo>

//! [config]
// Reports in which program it runs.
class Greeter : public QSeamstressConfig
{
    Q_OBJECT
    Q_PROPERTY(QString greeting MEMBER greeting)

public:
    void setUp() override
    {
        const QString program = QFileInfo(QCoreApplication::applicationFilePath()).fileName();
        QSeamstress::pause("greeted", greeting + ' ' + program);
    }

    QString greeting;
};
//! [config]

#endif // GREETER_H
