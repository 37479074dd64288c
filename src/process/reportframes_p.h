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
    QVariant value; // unstreamable() must be empty for it
    quint32 order = 0;
    // Set by decode() if the value cannot be read here: its type. The type, or one nested in it, was never registered in this process, or
    // does not read the same bytes that it writes. The value is then invalid.
    QString lostType = {};

    QByteArray encode() const
    {
        // The value is packed separately, so that the frame can be decoded even if the value cannot.
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
        // Qt reads an unknown type ID as an invalid QVariant.
        if (!value.isEmpty() && !(unpack(value, frame.value) && frame.value.isValid())) {
            frame.value.clear();
            frame.lostType = type;
        }
        return frame;
    }
};

} // namespace QSeamstressPrivate

#endif // REPORTFRAMES_P_H
