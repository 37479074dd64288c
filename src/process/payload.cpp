// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "payload_p.h"

namespace QSeamstressPrivate {

// Enough for a hundred nested lists in a debug build with AddressSanitizer, and a fraction of the stack of any thread.
static constexpr quintptr maximumStack = 256 * 1024;

static quintptr stackNow()
{
    // Not the address of a local variable, which AddressSanitizer may place outside of the stack.
    return reinterpret_cast<quintptr>(__builtin_frame_address(0));
}

ShallowBuffer::ShallowBuffer(const QByteArray &bytes)
    : m_stack(stackNow())
{
    setData(bytes);
    open(QIODevice::ReadOnly);
}

qint64 ShallowBuffer::readData(char *data, qint64 size)
{
    const quintptr stack = stackNow();
    if ((stack < m_stack ? m_stack - stack : stack - m_stack) > maximumStack)
        return -1;
    return QBuffer::readData(data, size);
}

QDataStream &operator<<(QDataStream &stream, const Target &target)
{
    return stream << static_cast<quint8>(target.kind) << target.point;
}

QDataStream &operator>>(QDataStream &stream, Target &target)
{
    quint8 kind = 0;
    stream >> kind >> target.point;
    if (kind > Target::End)
        stream.setStatus(QDataStream::ReadCorruptData);
    else
        target.kind = static_cast<Target::Kind>(kind);
    return stream;
}

// The values in a list, in a map, or in a nested variant.
static QVariantList valuesIn(const QVariant &value)
{
    switch (value.metaType().id()) {
    case QMetaType::QVariantList:
        return value.toList();
    case QMetaType::QVariantMap:
        return value.toMap().values();
    case QMetaType::QVariantHash:
        return value.toHash().values();
    case QMetaType::QVariant:
        return { *static_cast<const QVariant *>(value.constData()) };
    default:
        return {};
    }
}

QString unstreamable(const QVariant &value)
{
    const QMetaType type = value.metaType();
    if (!type.isValid())
        return {}; // an invalid variant can be sent
    for (const QVariantList values = valuesIn(value); const QVariant &one : values) {
        if (const QString unsent = unstreamable(one); !unsent.isEmpty())
            return unsent;
    }
    // char * has stream operators, but is meaningless in another process.
    if (type.hasRegisteredDataStreamOperators() && !(type.flags() & (QMetaType::IsPointer | QMetaType::PointerToQObject)))
        return {};
    return QString::fromUtf8(type.name());
}

} // namespace QSeamstressPrivate
