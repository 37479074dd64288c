// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a child process reports to its test.

#ifndef REPORTFRAMES_P_H
#define REPORTFRAMES_P_H

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QVariant>

#include <optional>

namespace QSeamstressPrivate {

struct ReachedFrame
{
    QString point;
    bool halts = false;

    QByteArray encode() const;
    static std::optional<ReachedFrame> decode(const QByteArray &payload);
};

struct HaltedFrame
{
    QString point;
    QVariant value; // one of which unstreamable() says nothing
    quint32 order = 0;
    // Set by decode(): the type of a value that cannot be read here, since it, or one in it, was never registered in this process or
    // reads other bytes than it wrote. The value is invalid then.
    QString lostType = {};

    QByteArray encode() const;
    static std::optional<HaltedFrame> decode(const QByteArray &payload);
};

} // namespace QSeamstressPrivate

#endif // REPORTFRAMES_P_H
