// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSCONFIG_H
#define QSEAMSTRESSCONFIG_H

#include <QtCore/QObject>

#include <memory>

#include "qseamstress_export.h"
#include "qseamstressscript.h"

namespace QSeamstressPrivate {
class ConfigData;
}

class QSEAMSTRESS_EXPORT QSeamstressConfig : public QObject
{
    Q_OBJECT

public:
    explicit QSeamstressConfig(QObject *parent = nullptr);
    ~QSeamstressConfig() override;

    virtual void setUp();
    virtual void tearDown();
    virtual QSeamstressScript script();

    bool hasSlots() const;

Q_SIGNALS:
    void settingUp();
    void tearingDown();

private:
    friend class QSeamstressPrivate::ConfigData;
    const std::shared_ptr<QSeamstressPrivate::ConfigData> d;
};

#endif // QSEAMSTRESSCONFIG_H
