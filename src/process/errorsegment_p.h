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

// The shared memory in which a child process stores its errors and what it knows about its crash, so that they outlive the process. The
// test creates it, and reads it when the child is gone. It has no locks, so a process that dies cannot leave one locked.
class ErrorSegment
{
public:
    struct Header;

    // What the child wrote. All of it is untrusted.
    struct Report
    {
        std::optional<QByteArray> blob; // of writeErrors()
        int neededSize = 0; // not 0: the size that writeErrors() would have needed
        int signal = 0;
        QString fatalText;
        QString lastPoint; // null if none was reached, empty if it has no name
        QString lastPointInside; // in another thread, or in a script that the script runs
    };

    // Creates memory with room for size bytes of errors, at least 1. Null on failure; *problem is then a sentence.
    static std::unique_ptr<ErrorSegment> create(int size, QString *problem);
    // For the child, with the key() and size of its test.
    static std::unique_ptr<ErrorSegment> attach(const QString &key, int size, QString *problem);
    // The same, in memory of at least bytesFor(size) bytes that both processes already share and that the system removes with the last of
    // them. The child's memory must stay mapped until the child ends. It may be null.
    static std::unique_ptr<ErrorSegment> create(std::shared_ptr<void> memory, int size);
    static std::unique_ptr<ErrorSegment> attach(void *memory, qint64 bytes, int size, QString *problem);
    static qint64 bytesFor(int size);
    // In the test, removes the memory from the system, even if the child is still attached.
    ~ErrorSegment();
    ErrorSegment(const ErrorSegment &) = delete;
    ErrorSegment &operator=(const ErrorSegment &) = delete;

    QString key() const { return m_memory ? m_memory->nativeKey() : QString(); }
    int size() const { return m_size; }

    // The child's side. All but writeErrors() may be called in any thread, noteSignal() also in a signal handler.
    void noteSignal(int number) noexcept;
    void noteFatalText(const QString &text); // the first 1024 bytes
    void notePoint(const QString &point); // the first 256 bytes
    void notePointInside(const QString &point); // the first 256 bytes
    bool writeErrors(const QByteArray &blob); // false if they do not fit; the report has the needed size

    // Written by the child, read by the test.
    Whereabouts &whereabouts();

    // The test's side.
    Report read() const;
    static Report read(const Header *header, int size); // the memory must be at least size bytes larger than the header

private:
    ErrorSegment() = default;
    bool makeMemory(int size, QString *problem);
    void begin(void *memory, int size);
    bool isOurs(void *memory, qint64 bytes, int size, const QString &name, QString *problem);

    std::unique_ptr<QSharedMemory> m_memory;
    std::shared_ptr<void> m_sharedMemory; // instead of m_memory
    Header *m_header = nullptr;
    int m_size = 0;
    qint64 m_owner = 0; // the process that removes m_memory; 0 in a child
    std::atomic_flag m_fatalTextBusy;
    std::atomic_flag m_pointBusy;
    std::atomic_flag m_pointInsideBusy;
};

// From now on, records a signal that ends this process, and the text of qFatal(), in the segment, which outlives the process.
void noteCrashesIn(ErrorSegment *segment);

} // namespace QSeamstressPrivate

#endif // ERRORSEGMENT_P_H
