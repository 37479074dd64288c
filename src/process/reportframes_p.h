// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a child process reports to its test.

#ifndef REPORTFRAMES_P_H
#define REPORTFRAMES_P_H

#include "payload_p.h"

namespace QSeamstressPrivate {

struct ReachedFrame
{
    QString point;
    bool halts = false;

    QByteArray encode() const { return pack(point, halts); }
    static std::optional<ReachedFrame> decode(const QByteArray &payload) { return unpacked(payload, &ReachedFrame::point, &ReachedFrame::halts); }
};

struct HaltedFrame
{
    QString point;
    QVariant value; // one of which unstreamable() says nothing
    quint32 order = 0;
    // Set by decode(): the type of a value that cannot be read here, since it, or one in it, was never registered in this process or
    // reads other bytes than it wrote. The value is invalid then.
    QString lostType = {};

    QByteArray encode() const
    {
        // The value apart, so that a halt is understood also where its value is not.
        const QString type = QString::fromUtf8(value.metaType().name());
        return pack(point, order, type, value.isValid() ? pack(value) : QByteArray());
    }
    static std::optional<HaltedFrame> decode(const QByteArray &payload)
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
};

} // namespace QSeamstressPrivate

#endif // REPORTFRAMES_P_H
