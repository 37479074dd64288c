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

// Writes what scripts do into the file that QSEAMSTRESS_TRACE names, in the JSON of the Trace Event Format, which Perfetto and Chrome
// show: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU. Every function may be called from any thread.
//
// The file is whole after each event, so that one who looks at it, or a program that crashes, finds what was so far.
class Trace
{
public:
    // Null if the variable is not set, or it was turned off.
    static Trace *instance();
    static void turnOff() { isOff = true; } // in the process of a script, whose test writes the file

    // A script, or one run of it, has a track of its own.
    int addTrack(const QString &name);
    void goes(int track); // until it stands
    void stands(int track);
    void happens(int track, const QString &event);

    void end(); // ends all that still go

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
