// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// What a killed process leaves of its shared memory in the system, and which process removes it.

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QScopeGuard>
#include <QSet>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <sys/ipc.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>

#include "../../src/process/errorsegment_p.h"
#include "../../src/process/leftovers_p.h"
#include "../shared/memoriesof.h"

using namespace QSeamstressPrivate;

namespace {

// The ID of the shared memory that belongs to the file; -1 if there is none.
int memoryOf(const QString &file)
{
    const key_t key = ::ftok(QFile::encodeName(file).constData(), 'Q');
    return key == -1 ? -1 : ::shmget(key, 0, 0);
}

bool memoryExists(int id)
{
    struct shmid_ds memory = {};
    return ::shmctl(id, IPC_STAT, &memory) == 0;
}

// The ID of the semaphore that newer versions of Qt create for it; -1 if there is none.
int semaphoreOf(const QString &file)
{
    const key_t key = ::ftok(QFile::encodeName(file).constData(), 'Q');
    return key == -1 ? -1 : ::semget(key, 0, 0);
}

bool semaphoreExists(int id)
{
    return ::semctl(id, 0, GETVAL) != -1;
}

// A process that owns shared memory until it is stopped.
class Owner
{
public:
    ~Owner()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }
    bool start()
    {
        m_process.start(ERRORSEGMENTS_PATH, { "create", "100" });
        if (!m_process.waitForReadyRead())
            return false;
        key = QString::fromLocal8Bit(m_process.readLine()).trimmed();
        return true;
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    qint64 processId() const { return m_process.processId(); }

    QString key;

private:
    QProcess m_process;
};

} // namespace

class TestLeftovers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void keysAreUsedOnce();
    void keysNameTheirOwner();
    void keysAreNotMistaken_data();
    void keysAreNotMistaken();
    void memoryOfAnotherFileIsInTheWay();
    void noneAreLeftByAnOwnerThatLives();
    void noneAreLeftUnderAChildThatLives();
    void areSweptOfAKilledOwner();
    void areNotSweptOfALivingOwner();
    void areRemovedByAChild();
    void areSwept_data();
    void areSwept();
    void ofStrangersStay();

private:
    QStringList files() const { return QDir(m_folder.path()).entryList(QDir::Files | QDir::System); }

    // A separate temporary directory, so that other tests that run at the same time do not sweep here.
    QTemporaryDir m_folder;
};

void TestLeftovers::initTestCase()
{
    QVERIFY2(m_folder.isValid(), qPrintable(m_folder.errorString()));
    qputenv("TMPDIR", QFile::encodeName(m_folder.path()));
    QCOMPARE(QDir::tempPath(), m_folder.path());
}

void TestLeftovers::cleanup()
{
    QCOMPARE(files(), QStringList());
}

void TestLeftovers::keysAreUsedOnce()
{
    QSet<QString> keys;
    for (int i = 0; i < 10000; ++i)
        keys.insert(newSegmentKey(thisProcess()));
    QCOMPARE(keys.size(), 10000);
}

void TestLeftovers::keysNameTheirOwner()
{
    const ProcessIdentity self = thisProcess();
    QCOMPARE(self.processId, quint64(QCoreApplication::applicationPid()));
    QVERIFY(self.startTime > 0);
    QVERIFY(self.place > 0);
    QVERIFY(thisProcess() == self);

    const ProcessIdentity largest{ std::numeric_limits<quint64>::max(), std::numeric_limits<quint64>::max(), std::numeric_limits<quint64>::max() };
    for (const ProcessIdentity &owner : { self, ProcessIdentity(), largest }) {
        const QString key = newSegmentKey(owner);
        QVERIFY(ownerOfSegment(key) == owner);
        // Qt keeps the letters of a key, and appends a hash.
        const QString file = QFileInfo(QSharedMemory(key).nativeKey()).fileName();
        QVERIFY2(file.startsWith("qipc_sharedmemory_" + key), qPrintable(file));
        QVERIFY(file.size() < 256);
        QVERIFY(ownerOfSegment(file) == owner);
    }
}

void TestLeftovers::keysAreNotMistaken_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("empty") << "";
    QTest::newRow("another-programs") << "qipc_sharedmemory_KonquerorXaXaXaXaXaX0123";
    QTest::newRow("numbers-too-few") << "qipc_sharedmemory_QSeamstressXaXaXaXaX0123";
    QTest::newRow("numbers-too-many") << "qipc_sharedmemory_QSeamstressXaXaXaXaXaXaX0123";
    QTest::newRow("number-empty") << "qipc_sharedmemory_QSeamstressXXaXaXaXaX0123";
    QTest::newRow("number-too-long") << "qipc_sharedmemory_QSeamstressX" + QString(17, 'b') + "XaXaXaXaX0123";
    QTest::newRow("letter-that-is-no-digit") << "qipc_sharedmemory_QSeamstressXqXaXaXaXaX0123";
}

void TestLeftovers::keysAreNotMistaken()
{
    QFETCH(QString, name);
    QVERIFY(!ownerOfSegment(name));

    // It is not removed either.
    if (name.isEmpty())
        return;
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    removeLeftovers(file.fileName());
    sweepLeftovers();
    QVERIFY(file.remove());
}

// A file system may reuse the inode of a removed file for the next one. The System V key of the shared memory depends on the inode.
void TestLeftovers::memoryOfAnotherFileIsInTheWay()
{
    QString problem;
    auto first = ErrorSegment::create(100, &problem);
    QVERIFY2(first, qPrintable(problem));
    const int memory = memoryOf(first->key());
    const void *const attached = ::shmat(memory, nullptr, 0); // so that the memory outlives the file
    const auto remove = qScopeGuard([&] {
        ::shmdt(attached);
        ::shmctl(memory, IPC_RMID, nullptr);
    });
    struct stat before = {};
    QCOMPARE(::stat(QFile::encodeName(first->key()).constData(), &before), 0);
    first.reset();
    QVERIFY(memoryExists(memory));
    {
        QTemporaryFile next(m_folder.filePath("next"));
        QVERIFY(next.open());
        struct stat after = {};
        QCOMPARE(::fstat(next.handle(), &after), 0);
        if (after.st_ino != before.st_ino)
            QSKIP("This file system does not reuse inodes.");
    }

    const auto second = ErrorSegment::create(100, &problem);
    QVERIFY2(second, qPrintable(problem));
    QVERIFY(memoryOf(second->key()) != memory);
    QCOMPARE(files().size(), 1); // the file of the failed attempt is removed
}

void TestLeftovers::noneAreLeftByAnOwnerThatLives()
{
    QString problem;
    auto segment = ErrorSegment::create(100, &problem);
    QVERIFY2(segment, qPrintable(problem));
    QCOMPARE(files(), QStringList(QFileInfo(segment->key()).fileName()));
    QCOMPARE(QFileInfo(segment->key()).path(), m_folder.path());
    const int memory = memoryOf(segment->key());
    QVERIFY(memoryExists(memory));
    const int semaphore = semaphoreOf(segment->key());

    segment.reset();
    QCOMPARE(files(), QStringList());
    QVERIFY(!memoryExists(memory));
    QVERIFY(!semaphoreExists(semaphore));
}

void TestLeftovers::noneAreLeftUnderAChildThatLives()
{
    QString problem;
    auto segment = ErrorSegment::create(100, &problem);
    QVERIFY2(segment, qPrintable(problem));
    auto child = ErrorSegment::attach(segment->key(), 100, &problem);
    QVERIFY2(child, qPrintable(problem));

    segment.reset();
    QCOMPARE(files(), QStringList());
    QVERIFY(child->writeErrors("still there"));
    QCOMPARE(child->read().blob, QByteArray("still there"));
    child.reset();
    QCOMPARE(files(), QStringList());
    QCOMPARE(memoriesOf(QCoreApplication::applicationPid()), 0);
}

void TestLeftovers::areSweptOfAKilledOwner()
{
    Owner owner;
    QVERIFY(owner.start());
    const qint64 processId = owner.processId();
    owner.kill();
    QCOMPARE(files(), QStringList(QFileInfo(owner.key).fileName()));
    QCOMPARE(memoriesOf(processId), 1);
    const int semaphore = semaphoreOf(owner.key);

    sweepLeftovers();
    QCOMPARE(files(), QStringList());
    QCOMPARE(memoriesOf(processId), 0);
    QVERIFY(!semaphoreExists(semaphore));
}

void TestLeftovers::areNotSweptOfALivingOwner()
{
    Owner owner;
    QVERIFY(owner.start());
    QString problem;
    const auto own = ErrorSegment::create(100, &problem);
    QVERIFY2(own, qPrintable(problem));

    sweepLeftovers();
    QCOMPARE(files().size(), 2);
    QVERIFY(memoryExists(memoryOf(owner.key)));
    QVERIFY2(ErrorSegment::attach(owner.key, 100, &problem), qPrintable(problem));
    QVERIFY2(ErrorSegment::attach(own->key(), 100, &problem), qPrintable(problem));
}

void TestLeftovers::areRemovedByAChild()
{
    Owner owner;
    QVERIFY(owner.start());
    const qint64 processId = owner.processId();
    QString problem;
    auto child = ErrorSegment::attach(owner.key, 100, &problem);
    QVERIFY2(child, qPrintable(problem));
    owner.kill();

    removeLeftovers(owner.key);
    QCOMPARE(files(), QStringList());
    child.reset();
    QCOMPARE(memoriesOf(processId), 0);
    removeLeftovers(owner.key);
}

void TestLeftovers::areSwept_data()
{
    QTest::addColumn<quint64>("startedLater");
    QTest::addColumn<quint64>("otherPlace");
    QTest::addColumn<bool>("isSwept");

    QTest::newRow("owner-that-lives") << quint64(0) << quint64(0) << false;
    QTest::newRow("process-id-that-is-used-again") << quint64(1) << quint64(0) << true;
    QTest::newRow("owner-in-another-container") << quint64(1) << quint64(1) << false;
}

void TestLeftovers::areSwept()
{
    QFETCH(quint64, startedLater);
    QFETCH(quint64, otherPlace);
    QFETCH(bool, isSwept);

    ProcessIdentity owner = thisProcess();
    owner.startTime += startedLater;
    owner.place += otherPlace;
    QSharedMemory memory;
    memory.setNativeKey(QSharedMemory(newSegmentKey(owner)).nativeKey());
    QVERIFY2(memory.create(100), qPrintable(memory.errorString()));
    const int id = memoryOf(memory.nativeKey());

    sweepLeftovers();
    QCOMPARE(QFile::exists(memory.nativeKey()), !isSwept);
    memory.detach();
    QVERIFY(!memoryExists(id));
}

void TestLeftovers::ofStrangersStay()
{
    // The file belongs to an owner that has ended, but the memory with the key of that file belongs to another process.
    ProcessIdentity owner = thisProcess();
    owner.processId = 1u << 30; // larger than any process ID of Linux
    QFile file(QSharedMemory(newSegmentKey(owner)).nativeKey());
    QVERIFY(file.open(QIODevice::WriteOnly));
    const int id = ::shmget(::ftok(QFile::encodeName(file.fileName()).constData(), 'Q'), 100, IPC_CREAT | IPC_EXCL | 0600);
    QVERIFY(id != -1);
    const auto removal = qScopeGuard([id] { ::shmctl(id, IPC_RMID, nullptr); });

    sweepLeftovers();
    QCOMPARE(files(), QStringList());
    QVERIFY(memoryExists(id));
}

QTEST_GUILESS_MAIN(TestLeftovers)

#include "tst_leftovers.moc"
