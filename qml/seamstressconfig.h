// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SEAMSTRESSCONFIG_H
#define SEAMSTRESSCONFIG_H

#include <QSeamstressConfig>

#include <QtQml/qqmlregistration.h>

// A config whose set-up and tear-down are handlers in JavaScript: onSettingUp and onTearingDown.
class SeamstressConfig : public QSeamstressConfig
{
    Q_OBJECT
    QML_ELEMENT

public:
    using QSeamstressConfig::QSeamstressConfig;

    void setUp() override;
    void tearDown() override;
};

#endif // SEAMSTRESSCONFIG_H
