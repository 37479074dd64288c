// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef TRACE_P_H
#define TRACE_P_H

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>
#include <QtCore/QString>

#include <mutex>

namespace QSeamstressPrivate {

// Writes what scripts do to the file that QSEAMSTRESS_TRACE names, in the JSON of the Trace Event Format, which Perfetto and Chrome show:
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU. Any thread may call any function.
//
// The file is complete after each event, so that it can be read at any time, even after the program has crashed.
class Trace
{
public:
    // Null if the variable is not set, or if tracing was turned off.
    static Trace *instance();
    static void turnOff() { isOff = true; } // in the process of a script, since its test writes the file

    // Each run of a script has its own track.
    int addTrack(const QString &name);
    void goes(int track); // until stands()
    void stands(int track);
    void happens(int track, const QString &event);

    void end(); // ends all running slices

private:
    explicit Trace(const QString &path);
    void write(const QString &phase, int track, const QString &name, QJsonObject event = {});

    static constinit inline bool isOff = false;

    std::mutex m_mutex;
    QFile m_file;
    QElapsedTimer m_time;
    int m_tracks = 0;
    QSet<int> m_going;
};

} // namespace QSeamstressPrivate

#endif // TRACE_P_H
