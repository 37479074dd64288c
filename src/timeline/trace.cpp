// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "trace_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

namespace QSeamstressPrivate {

static constexpr char traceVariable[] = "QSEAMSTRESS_TRACE";
static constexpr char closing[] = "\n]\n";

Trace *Trace::instance()
{
    // Never destroyed: an abandoned thread may still write when the program ends.
    static Trace *const trace = qEnvironmentVariableIsEmpty(traceVariable) || isOff ? nullptr : new Trace(qEnvironmentVariable(traceVariable));
    static const struct Ender
    {
        ~Ender()
        {
            if (trace)
                trace->end();
        }
    } ender;
    return trace;
}

Trace::Trace(const QString &path)
    // So that programs that run side by side have a file each.
    : m_file(QString(path).replace(QLatin1String("%p"), QString::number(QCoreApplication::applicationPid())))
{
    m_time.start();
    if (m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && m_file.write("[") == 1 && m_file.write(closing) > 0)
        return;
    qWarning("QSeamstress: %s names a file that cannot be written: %s: %s. Name one in a directory that exists.", traceVariable, qPrintable(m_file.fileName()),
             qPrintable(m_file.errorString()));
    m_file.close();
}

int Trace::addTrack(const QString &name)
{
    const std::lock_guard lock(m_mutex);
    const int track = ++m_tracks;
    write("M", track, QStringLiteral("thread_name"), ",\"args\":" + QJsonDocument(QJsonObject{ { QStringLiteral("name"), name } }).toJson(QJsonDocument::Compact));
    return track;
}

void Trace::goes(int track)
{
    const std::lock_guard lock(m_mutex);
    if (m_ended || m_going.contains(track))
        return;
    m_going.insert(track);
    write("B", track, QStringLiteral("goes"));
}

void Trace::stands(int track)
{
    const std::lock_guard lock(m_mutex);
    if (m_going.remove(track))
        write("E", track, QStringLiteral("goes"));
}

void Trace::happens(int track, const QString &event)
{
    const std::lock_guard lock(m_mutex);
    if (!m_ended)
        write("i", track, event, ",\"s\":\"t\"");
}

void Trace::end()
{
    const std::lock_guard lock(m_mutex);
    m_ended = true;
    for (const int track : std::as_const(m_going))
        write("E", track, QStringLiteral("goes"));
    m_going.clear();
    m_file.close();
}

void Trace::write(const QByteArray &phase, int track, const QString &name, const QByteArray &more)
{
    if (!m_file.isOpen())
        return;
    const QByteArray quotedName = QJsonDocument(QJsonObject{ { QStringLiteral("name"), name } }).toJson(QJsonDocument::Compact);
    const bool isFirst = m_file.size() == static_cast<qint64>(1 + sizeof(closing) - 1);
    QByteArray event = isFirst ? "\n" : ",\n";
    event += quotedName.chopped(1) + ",\"ph\":\"" + phase + "\",\"ts\":" + QByteArray::number(static_cast<double>(m_time.nsecsElapsed()) / 1000, 'f', 3)
        + ",\"pid\":" + QByteArray::number(QCoreApplication::applicationPid()) + ",\"tid\":" + QByteArray::number(track) + more + '}' + closing;
    m_file.seek(m_file.size() - static_cast<qint64>(sizeof(closing) - 1));
    m_file.write(event);
}

} // namespace QSeamstressPrivate
