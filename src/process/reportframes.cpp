// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "reportframes_p.h"

#include "payload_p.h"

namespace QSeamstressPrivate {

QByteArray ReachedFrame::encode() const
{
    return pack(point, halts);
}

std::optional<ReachedFrame> ReachedFrame::decode(const QByteArray &payload)
{
    ReachedFrame frame;
    if (!unpack(payload, frame.point, frame.halts))
        return {};
    return frame;
}

QByteArray HaltedFrame::encode() const
{
    // The value apart, so that a halt is understood also where its value is not.
    const QString type = QString::fromUtf8(value.metaType().name());
    return pack(point, order, type, value.isValid() ? pack(value) : QByteArray());
}

std::optional<HaltedFrame> HaltedFrame::decode(const QByteArray &payload)
{
    HaltedFrame frame;
    QString type;
    QByteArray value;
    if (!unpack(payload, frame.point, frame.order, type, value) || type.isEmpty() != value.isEmpty())
        return {};
    // Qt makes an invalid value of a number that stands for no type.
    if (!value.isEmpty() && !(unpack(value, frame.value) && frame.value.isValid())) {
        frame.value.clear();
        frame.lostType = type;
    }
    return frame;
}

} // namespace QSeamstressPrivate
