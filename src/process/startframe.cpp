// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "startframe_p.h"

#include "payload_p.h"

namespace QSeamstressPrivate {

QByteArray StartFrame::encode() const
{
    return pack(scriptKey, arguments, configClass, configProperties, target, order, origin, name, segmentSize, applicationName,
                applicationVersion, organizationName, organizationDomain, testModeEnabled);
}

std::optional<StartFrame> StartFrame::decode(const QByteArray &payload)
{
    StartFrame f;
    if (!unpack(payload, f.scriptKey, f.arguments, f.configClass, f.configProperties, f.target, f.order, f.origin, f.name,
                f.segmentSize, f.applicationName, f.applicationVersion, f.organizationName, f.organizationDomain, f.testModeEnabled)
        || f.segmentSize < 0)
        return {};
    return f;
}

QByteArray packProperties(const QVariantMap &properties)
{
    return pack(properties);
}

std::optional<QVariantMap> unpackProperties(const QByteArray &bytes)
{
    QVariantMap properties;
    if (!unpack(bytes, properties))
        return {};
    return properties;
}

QByteArray TargetFrame::encode() const
{
    return pack(target, order);
}

std::optional<TargetFrame> TargetFrame::decode(const QByteArray &payload)
{
    TargetFrame frame;
    if (!unpack(payload, frame.target, frame.order))
        return {};
    return frame;
}

QByteArray CancelFrame::encode() const
{
    return pack(message);
}

std::optional<CancelFrame> CancelFrame::decode(const QByteArray &payload)
{
    CancelFrame frame;
    if (!unpack(payload, frame.message))
        return {};
    return frame;
}

} // namespace QSeamstressPrivate
