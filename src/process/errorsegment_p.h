// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef ERRORSEGMENT_P_H
#define ERRORSEGMENT_P_H

#include <QtCore/QByteArray>
#include <QtCore/QSharedMemory>
#include <QtCore/QString>

#include <atomic>
#include <memory>
#include <optional>

namespace QSeamstressPrivate {

struct Whereabouts;

// The memory in which a child process leaves its errors, and what it knows of its end, where they outlive it. Made by its test, which
// reads it when the child is gone. Nobody waits for a lock of it, so nobody who dies leaves one locked.
class ErrorSegment
{
public:
    struct Header;

    // What the child left. Nothing in it is trusted.
    struct Report
    {
        std::optional<QByteArray> blob; // of writeErrors()
        int neededSize = 0; // not 0: the size that writeErrors() would have needed
        int signal = 0;
        QString fatalText;
        QString lastPoint; // null if none was passed, empty if it has no name
        QString lastPointInside; // of another thread, or of a script inside of the script
    };

    // Room for that many bytes of errors, at least 1. Null if there is none: *problem is a sentence then.
    static std::unique_ptr<ErrorSegment> create(int size, QString *problem);
    // In the child, by the key() and size of its test.
    static std::unique_ptr<ErrorSegment> attach(const QString &key, int size, QString *problem);
    // The same in memory that both share already, and that the system removes with the last of them: of bytesFor(size) bytes at least. The
    // child's stays mapped as long as the child lives, and may be null.
    static std::unique_ptr<ErrorSegment> create(std::shared_ptr<void> memory, int size);
    static std::unique_ptr<ErrorSegment> attach(void *memory, qint64 bytes, int size, QString *problem);
    static qint64 bytesFor(int size);
    // The test's removes the memory from the system, even if the child is still attached.
    ~ErrorSegment();
    ErrorSegment(const ErrorSegment &) = delete;
    ErrorSegment &operator=(const ErrorSegment &) = delete;

    QString key() const { return m_memory ? m_memory->nativeKey() : QString(); }
    int size() const { return m_size; }

    // The child's side. noteSignal() may be called by a signal handler, all but writeErrors() in any thread.
    void noteSignal(int number) noexcept;
    void noteFatalText(const QString &text); // the first 1024 bytes
    void notePoint(const QString &point); // the first 256 bytes
    void notePointInside(const QString &point); // the first 256 bytes
    bool writeErrors(const QByteArray &blob); // false if there is no room; the report says how much is needed

    // The child writes it, the test reads it.
    Whereabouts &whereabouts();

    // The test's side.
    Report read() const;
    static Report read(const Header *header, int size); // of memory that is at least so much larger than its header

private:
    ErrorSegment() = default;
    bool makeMemory(int size, QString *problem);
    void begin(void *memory, int size);
    bool isOurs(void *memory, qint64 bytes, int size, const QString &name, QString *problem);

    std::unique_ptr<QSharedMemory> m_memory;
    std::shared_ptr<void> m_sharedMemory; // instead
    Header *m_header = nullptr;
    int m_size = 0;
    qint64 m_owner = 0; // the process that removes m_memory; 0 in a child
    std::atomic_flag m_fatalTextBusy;
    std::atomic_flag m_pointBusy;
    std::atomic_flag m_pointInsideBusy;
};

// From now on a signal that ends this process, and the text of a qFatal(), are noted in the segment, which outlives the process.
void noteCrashesIn(ErrorSegment *segment);

} // namespace QSeamstressPrivate

#endif // ERRORSEGMENT_P_H
