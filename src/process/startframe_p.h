// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a test sends to its child process.

#ifndef STARTFRAME_P_H
#define STARTFRAME_P_H

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QVariantMap>

#include <optional>

#include "../script/scripthost_p.h"

namespace QSeamstressPrivate {

// Everything that the child needs to become the script.
struct StartFrame
{
    QByteArray scriptKey;
    QByteArray arguments;
    QByteArray configClass;
    QByteArray configProperties; // by packProperties(): the child can read them only once it has the class, and so their types
    Target target;
    quint32 order = 0;
    QString origin;
    QString name;
    qint32 segmentSize = 0;
    // What a test has usually set by now.
    QString applicationName;
    QString applicationVersion;
    QString organizationName;
    QString organizationDomain;
    bool testModeEnabled = false; // of QStandardPaths

    QByteArray encode() const;
    static std::optional<StartFrame> decode(const QByteArray &payload);
};

QByteArray packProperties(const QVariantMap &properties);
std::optional<QVariantMap> unpackProperties(const QByteArray &bytes);

// LetGo and Retarget.
struct TargetFrame
{
    Target target;
    quint32 order = 0;

    QByteArray encode() const;
    static std::optional<TargetFrame> decode(const QByteArray &payload);
};

struct CancelFrame
{
    QString message;

    QByteArray encode() const;
    static std::optional<CancelFrame> decode(const QByteArray &payload);
};

} // namespace QSeamstressPrivate

#endif // STARTFRAME_P_H
