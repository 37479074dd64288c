// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Doors, notes, flags and counts for a test whose scripts run in other processes. They are files in folders of the test, and a script gets
// the path of the folder.

#ifndef BETWEENPROCESSES_H
#define BETWEENPROCESSES_H

#include <QDataStream>
#include <QFile>
#include <QFileInfo>
#include <QFuture>
#include <QStringList>
#include <QTemporaryDir>

#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "readyfuture.h"

class SharedFolder
{
public:
    SharedFolder()
        : m_directory(std::make_shared<QTemporaryDir>())
        , m_path(m_directory->path())
    {
    }
    QByteArray file(const char *name) const { return QFile::encodeName(m_path) + '/' + name; }

    friend QDataStream &operator<<(QDataStream &stream, const SharedFolder &folder) { return stream << folder.m_path; }
    friend QDataStream &operator>>(QDataStream &stream, SharedFolder &folder)
    {
        folder.m_directory.reset(); // the test removes the folder
        return stream >> folder.m_path;
    }

private:
    std::shared_ptr<const QTemporaryDir> m_directory;
    QString m_path;
};

class NotesBetweenProcesses : public SharedFolder
{
public:
    void append(const QString &note) const
    {
        // A single write() with O_APPEND, which the writes of other processes cannot split.
        const QByteArray line = note.toUtf8() + '\n';
        const int file = ::open(this->file("notes"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        if (::write(file, line.constData(), static_cast<size_t>(line.size())) != line.size())
            qFatal("cannot write a note: %s", strerror(errno));
        ::close(file);
    }
    QStringList all() const
    {
        QFile file(QFile::decodeName(this->file("notes")));
        if (!file.open(QIODevice::ReadOnly))
            return {}; // nothing has been written
        QStringList notes = QString::fromUtf8(file.readAll()).split('\n');
        notes.removeLast();
        return notes;
    }
};

class CountBetweenProcesses
{
public:
    void up() const { m_changes.append("up"); }
    void down() const { m_changes.append("down"); }
    int value() const
    {
        const QStringList changes = m_changes.all();
        return static_cast<int>(changes.count("up") - changes.count("down"));
    }
    friend QDataStream &operator<<(QDataStream &stream, const CountBetweenProcesses &count) { return stream << count.m_changes; }
    friend QDataStream &operator>>(QDataStream &stream, CountBetweenProcesses &count) { return stream >> count.m_changes; }

private:
    NotesBetweenProcesses m_changes;
};

class FlagBetweenProcesses : public SharedFolder
{
public:
    void set(bool on) const
    {
        if (on)
            ::close(::open(file("flag"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        else
            ::unlink(file("flag"));
    }
    bool isSet() const { return ::access(file("flag"), F_OK) == 0; }
};

class DoorBetweenProcesses : public SharedFolder
{
public:
    DoorBetweenProcesses()
    {
        ::mkfifo(file("door"), 0600);
        m_pipe = std::make_shared<Pipe>(::open(file("door"), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    }
    QFuture<void> pass()
    {
        m_arrivals.up();
        // Do not wait for a writer in open(): if the test is gone, there is none, and read() reports that.
        const Pipe pipe(::open(file("door"), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        ::fcntl(pipe.descriptor, F_SETFL, 0);
        char opening = 0;
        while (::read(pipe.descriptor, &opening, 1) < 0 && errno == EINTR) { }
        return readyFuture();
    }
    void open(int times = 1)
    {
        const QByteArray openings(times, 'o');
        if (::write(m_pipe->descriptor, openings.constData(), static_cast<size_t>(times)) != times)
            qFatal("cannot open a door: %s", strerror(errno));
    }
    void openForGood() { open(1000); }
    int arrived() const { return m_arrivals.value(); }

    friend QDataStream &operator<<(QDataStream &stream, const DoorBetweenProcesses &door)
    {
        return stream << static_cast<const SharedFolder &>(door) << door.m_arrivals;
    }
    friend QDataStream &operator>>(QDataStream &stream, DoorBetweenProcesses &door)
    {
        door.m_pipe.reset();
        return stream >> static_cast<SharedFolder &>(door) >> door.m_arrivals;
    }

private:
    struct Pipe
    {
        explicit Pipe(int descriptor)
            : descriptor(descriptor)
        {
        }
        ~Pipe() { ::close(descriptor); }
        Q_DISABLE_COPY_MOVE(Pipe)
        const int descriptor;
    };
    std::shared_ptr<Pipe> m_pipe; // the test's end of the pipe, which has a writer while this is open
    CountBetweenProcesses m_arrivals;
};

#endif // BETWEENPROCESSES_H
