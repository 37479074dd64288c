// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "trace_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

#include "../base/realtime_p.h"

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
    // Gives each of several programs that run at the same time its own file.
    : m_file(QString(path).replace(QLatin1String("%p"), QString::number(QCoreApplication::applicationPid())))
{
    const RealTime realTime;
    m_time.start();
    if (m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && m_file.write("[") == 1 && m_file.write(closing) > 0)
        return;
    qWarning("QSeamstress: %s names a file that cannot be written: %s: %s. Choose a file in an existing directory.", traceVariable, qPrintable(m_file.fileName()),
             qPrintable(m_file.errorString()));
    m_file.close();
}

int Trace::addTrack(const QString &name)
{
    const std::lock_guard lock(m_mutex);
    const int track = ++m_tracks;
    write(QStringLiteral("M"), track, QStringLiteral("thread_name"), { { QStringLiteral("args"), QJsonObject{ { QStringLiteral("name"), name } } } });
    return track;
}

void Trace::goes(int track)
{
    const std::lock_guard lock(m_mutex);
    if (m_going.contains(track))
        return;
    m_going.insert(track);
    write(QStringLiteral("B"), track, QStringLiteral("running"));
}

void Trace::stands(int track)
{
    const std::lock_guard lock(m_mutex);
    if (m_going.remove(track))
        write(QStringLiteral("E"), track, QStringLiteral("running"));
}

void Trace::happens(int track, const QString &event)
{
    const std::lock_guard lock(m_mutex);
    write(QStringLiteral("i"), track, event, { { QStringLiteral("s"), QStringLiteral("t") } });
}

void Trace::end()
{
    const std::lock_guard lock(m_mutex);
    for (const int track : std::as_const(m_going))
        write(QStringLiteral("E"), track, QStringLiteral("running"));
    m_going.clear();
    m_file.close();
}

// Does nothing after the end of the trace, when the file is closed.
void Trace::write(const QString &phase, int track, const QString &name, QJsonObject event)
{
    if (!m_file.isOpen())
        return;
    const RealTime realTime;
    event.insert(QStringLiteral("name"), name);
    event.insert(QStringLiteral("ph"), phase);
    event.insert(QStringLiteral("ts"), static_cast<double>(m_time.nsecsElapsed()) / 1000);
    event.insert(QStringLiteral("pid"), QCoreApplication::applicationPid());
    event.insert(QStringLiteral("tid"), track);
    const qint64 sizeOfClosing = sizeof(closing) - 1;
    const bool isFirst = m_file.size() == 1 + sizeOfClosing;
    m_file.seek(m_file.size() - sizeOfClosing);
    m_file.write((isFirst ? "\n" : ",\n") + QJsonDocument(event).toJson(QJsonDocument::Compact) + closing);
}

} // namespace QSeamstressPrivate
