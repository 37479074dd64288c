// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a test sends to its child process.

#ifndef STARTFRAME_P_H
#define STARTFRAME_P_H

#include "payload_p.h"

namespace QSeamstressPrivate {

// Everything that the child needs to run the script.
struct StartFrame
{
    QByteArray scriptKey;
    QByteArray arguments;
    QByteArray configClass;
    QByteArray configProperties; // from packProperties(): the child cannot read them before it has created the config, which registers their types
    Target target;
    quint32 order = 0;
    QString origin;
    QString name;
    qint32 segmentSize = 0;
    // Application settings that a test has usually made by now.
    QString applicationName;
    QString applicationVersion;
    QString organizationName;
    QString organizationDomain;
    bool testModeEnabled = false; // QStandardPaths::isTestModeEnabled()

    QByteArray encode() const
    {
        return pack(scriptKey, arguments, configClass, configProperties, target, order, origin, name, segmentSize, applicationName,
                    applicationVersion, organizationName, organizationDomain, testModeEnabled);
    }
    static std::optional<StartFrame> decode(const QByteArray &payload)
    {
        StartFrame f;
        const bool isStart = unpack(payload, f.scriptKey, f.arguments, f.configClass, f.configProperties, f.target, f.order, f.origin, f.name, f.segmentSize,
                                    f.applicationName, f.applicationVersion, f.organizationName, f.organizationDomain, f.testModeEnabled);
        return isStart && f.segmentSize >= 0 ? std::optional(f) : std::nullopt;
    }
};

inline QByteArray packProperties(const QVariantMap &properties)
{
    return pack(properties);
}

inline std::optional<QVariantMap> unpackProperties(const QByteArray &bytes)
{
    QVariantMap properties;
    return unpack(bytes, properties) ? std::optional(properties) : std::nullopt;
}

// LetGo and Retarget.
struct TargetFrame
{
    Target target;
    quint32 order = 0;

    QByteArray encode() const { return pack(target, order); }
    static std::optional<TargetFrame> decode(const QByteArray &payload) { return unpacked(payload, &TargetFrame::target, &TargetFrame::order); }
};

struct CancelFrame
{
    QString message;

    QByteArray encode() const { return pack(message); }
    static std::optional<CancelFrame> decode(const QByteArray &payload) { return unpacked(payload, &CancelFrame::message); }
};

} // namespace QSeamstressPrivate

#endif // STARTFRAME_P_H
