// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "errorsegmentheader_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>
#include <utility>

#include "frame_p.h"
#include "leftovers_p.h"

namespace QSeamstressPrivate {

static constexpr int headerSize = sizeof(ErrorSegment::Header);
static constexpr int maximumSize = std::numeric_limits<int>::max() - headerSize;

static bool isPossible(int size, QString *problem)
{
    if (size >= 1 && size <= maximumSize)
        return true;
    *problem = QStringLiteral("The size of the shared memory for errors must be 1 to %1 bytes, not %2; call setSharedMemorySize() with a size in this range.").arg(maximumSize).arg(size);
    return false;
}

// The message for when the system does not provide the memory.
static QString refusal(const QSharedMemory &memory, int size)
{
    QString cure;
    switch (memory.error()) {
    case QSharedMemory::OutOfResources:
        cure = QStringLiteral("The system has no shared memory left: \"ipcs -m\" lists the segments in use, \"ipcrm -m\" removes those that dead programs left behind, and the "
                              "limits are kernel.shmmni and kernel.shmall.");
        break;
    case QSharedMemory::InvalidSize:
        cure = QStringLiteral("The system does not allow a segment of that size: call setSharedMemorySize() with a smaller size, or raise kernel.shmmax.");
        break;
    default:
        cure = QStringLiteral("Its key is a file in the temporary directory, which must exist and be writable: %1").arg(memory.nativeKey());
        break;
    }
    return QStringLiteral("Creating shared memory of %1 bytes for the errors of the child process failed (%2). %3")
        .arg(ErrorSegment::bytesFor(size))
        .arg(memory.errorString(), cure);
}

std::unique_ptr<ErrorSegment> ErrorSegment::create(int size, QString *problem)
{
    std::unique_ptr<ErrorSegment> segment(new ErrorSegment);
    if (!isPossible(size, problem) || !segment->makeMemory(size, problem))
        return {};
    segment->begin(segment->m_memory->data(), size);
    segment->m_owner = QCoreApplication::applicationPid();
    return segment;
}

std::unique_ptr<ErrorSegment> ErrorSegment::create(std::shared_ptr<void> memory, int size)
{
    std::unique_ptr<ErrorSegment> segment(new ErrorSegment);
    segment->begin(memory.get(), size);
    segment->m_sharedMemory = std::move(memory);
    return segment;
}

void ErrorSegment::begin(void *memory, int size)
{
    m_header = new (memory) Header{};
    m_header->version = protocolVersion;
    m_header->magic = Header::expectedMagic;
    m_size = size;
}

qint64 ErrorSegment::bytesFor(int size)
{
    return headerSize + qint64(size);
}

// Whether the system key may belong to another file, which is being created or removed right now. Since Qt 6.6 there is a semaphore with
// that key as well.
static bool mayBelongToAnotherKey(QSharedMemory::SharedMemoryError error)
{
    return error == QSharedMemory::AlreadyExists || error == QSharedMemory::NotFound || error == QSharedMemory::LockError || error == QSharedMemory::UnknownError;
}

bool ErrorSegment::makeMemory(int size, QString *problem)
{
    // Two files may map to the same System V key, which ftok() derives from only 16 bits of the inode number. The files of failed attempts
    // stay until the end, since otherwise the next file would get the same inode.
    static constexpr int attempts = 16;
    QStringList files;
    for (int i = 0; i < attempts; ++i) {
        m_memory = std::make_unique<QSharedMemory>(); // an object that failed once fails forever
        // With a native key, QSharedMemory has no semaphore before Qt 6.6. Since Qt 6.6, removeLeftovers() removes the semaphore.
        m_memory->setNativeKey(QSharedMemory(newSegmentKey(thisProcess())).nativeKey());
        if (m_memory->create(headerSize + size) || !mayBelongToAnotherKey(m_memory->error()))
            break;
        files.append(key());
    }
    for (const QString &file : std::as_const(files))
        removeLeftovers(file);
    if (m_memory->isAttached())
        return true;
    *problem = refusal(*m_memory, size);
    return false;
}

std::unique_ptr<ErrorSegment> ErrorSegment::attach(const QString &key, int size, QString *problem)
{
    std::unique_ptr<ErrorSegment> segment(new ErrorSegment);
    if (!isPossible(size, problem))
        return {};
    segment->m_memory = std::make_unique<QSharedMemory>();
    segment->m_memory->setNativeKey(key);
    if (!segment->m_memory->attach()) {
        *problem = QStringLiteral("Cannot attach to the shared memory for errors (%1): %2").arg(key, segment->m_memory->errorString());
        return {};
    }
    return segment->isOurs(segment->m_memory->data(), segment->m_memory->size(), size, key, problem) ? std::move(segment) : nullptr;
}

std::unique_ptr<ErrorSegment> ErrorSegment::attach(void *memory, qint64 bytes, int size, QString *problem)
{
    std::unique_ptr<ErrorSegment> segment(new ErrorSegment);
    return isPossible(size, problem) && segment->isOurs(memory, bytes, size, QStringLiteral("inherited from the test"), problem) ? std::move(segment) : nullptr;
}

bool ErrorSegment::isOurs(void *memory, qint64 bytes, int size, const QString &name, QString *problem)
{
    auto *header = static_cast<Header *>(memory);
    if (!header || bytes < bytesFor(size) || header->magic != Header::expectedMagic || header->version != protocolVersion) {
        *problem = QStringLiteral("The shared memory for errors (%1) was not created by this version of QSeamstress; build both programs against the same version.").arg(name);
        return false;
    }
    m_header = header;
    m_size = size;
    return true;
}

ErrorSegment::~ErrorSegment()
{
    // A process forked from the owner has a copy of this object, but does not own the memory.
    if (m_owner == 0 || m_owner != QCoreApplication::applicationPid())
        return;
    const QString leftovers = key();
    m_memory->detach();
    removeLeftovers(leftovers);
}

// How many bytes of the text fit without splitting a character.
static qsizetype sizeOfStart(const QByteArray &utf8, qsizetype capacity)
{
    qsizetype size = std::min(utf8.size(), capacity);
    while (size > 0 && size < utf8.size() && (utf8.at(size) & 0xc0) == 0x80)
        --size;
    return size;
}

template <quint32 Capacity>
static void write(NotedText<Capacity> &text, const QString &string, std::atomic_flag &busy)
{
    // If two threads write at the same time, either text may count as the last one.
    if (busy.test_and_set(std::memory_order_acquire))
        return;
    const QByteArray utf8 = string.toUtf8();
    const qsizetype size = sizeOfStart(utf8, Capacity);
    const quint32 other = text.current == 1 ? 2 : 1;
    auto &copy = text.copies[other - 1];
    std::memcpy(copy.bytes, utf8.constData(), size);
    copy.size = static_cast<quint32>(size);
    text.current = other;
    busy.clear(std::memory_order_release);
}

template <quint32 Capacity>
static QString read(const NotedText<Capacity> &text)
{
    const quint32 current = text.current;
    if (current != 1 && current != 2)
        return {};
    const auto &copy = text.copies[current - 1];
    const quint32 size = copy.size;
    return size == 0 ? QStringLiteral("") : QString::fromUtf8(copy.bytes, std::min(size, Capacity));
}

void ErrorSegment::noteSignal(int number) noexcept
{
    m_header->signal = number;
}

void ErrorSegment::noteFatalText(const QString &text)
{
    write(m_header->fatalText, text, m_fatalTextBusy);
}

void ErrorSegment::notePoint(const QString &point)
{
    write(m_header->point, point, m_pointBusy);
}

void ErrorSegment::notePointInside(const QString &point)
{
    write(m_header->pointInside, point, m_pointInsideBusy);
}

bool ErrorSegment::writeErrors(const QByteArray &blob)
{
    m_header->state = Header::Empty;
    if (blob.size() > m_size) {
        m_header->neededSize = static_cast<quint64>(blob.size());
        m_header->state = Header::TooLarge;
        return false;
    }
    std::copy(blob.cbegin(), blob.cend(), m_header->errors());
    m_header->usedSize = static_cast<quint32>(blob.size());
    m_header->state = Header::Written;
    return true;
}

Whereabouts &ErrorSegment::whereabouts()
{
    return m_header->whereabouts;
}

ErrorSegment::Report ErrorSegment::read() const
{
    return read(m_header, m_size);
}

ErrorSegment::Report ErrorSegment::read(const Header *header, int size)
{
    Report report;
    if (header->magic != Header::expectedMagic || header->version != protocolVersion)
        return report;
    // Read each number only once: a child that is still alive may change it.
    const quint32 state = header->state;
    const quint32 usedSize = header->usedSize;
    const quint64 neededSize = header->neededSize;
    if (state == Header::Written && usedSize <= static_cast<quint32>(size))
        report.blob = QByteArray(header->errors(), usedSize);
    else if (state == Header::TooLarge && neededSize > static_cast<quint32>(size))
        report.neededSize = static_cast<int>(std::min<quint64>(neededSize, std::numeric_limits<int>::max()));
    report.signal = header->signal;
    report.fatalText = QSeamstressPrivate::read(header->fatalText);
    report.lastPoint = QSeamstressPrivate::read(header->point);
    report.lastPointInside = QSeamstressPrivate::read(header->pointInside);
    return report;
}

} // namespace QSeamstressPrivate
