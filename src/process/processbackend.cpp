// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "processbackend_p.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QMetaProperty>
#include <QtCore/QStandardPaths>
#include <QtCore/QThread>

#include "../script/errordata_p.h"
#include "childprocess_p.h"
#include "errorsegment_p.h"
#include "leftovers_p.h"
#include "payload_p.h"
#include "processrun_p.h"
#include "scriptregistry_p.h"
#include "startframe_p.h"

namespace QSeamstressPrivate {

ProcessBackend::ProcessBackend()
    : Backend(QSeamstressError::ProcessStillAlive)
{
}

ProcessBackend::~ProcessBackend() = default;

static bool isPlain(const QSeamstressConfig &config)
{
    return typeid(config) == typeid(QSeamstressConfig);
}

bool ProcessBackend::isOtherProgram() const
{
    return !program.isEmpty() && QFileInfo(program) != QFileInfo(QCoreApplication::applicationFilePath());
}

QString ProcessBackend::refusal(const RunSettings &settings) const
{
    if (isChildProcess())
        return QStringLiteral("cannot start, since it is in the child process of a test; enter processes in the test, and threads or tasks in the child process");
    if (!runsAsChild())
        return QStringLiteral("cannot start, since its process would run the tests instead of the script: this program creates no QCoreApplication, or created it in a test or before the library was "
                              "loaded; use QTEST_MAIN or QTEST_GUILESS_MAIN, or call QSeamstress::runIfChild() in the first line of main() and create a QCoreApplication");
    if (!settings.config && !settings.source.remote)
        return QStringLiteral("has a script that cannot be sent to another process");
    if (!settings.config && settings.source.remote->isFunction && isOtherProgram())
        return QStringLiteral("has a function as its script, which cannot be found in another program; use a config or an object with operator() whose class both programs contain");
    if (settings.config && isPlain(*settings.config->config()))
        return QStringLiteral("has a plain QSeamstressConfig, whose slots do not exist in another process; subclass QSeamstressConfig and reimplement setUp()");
    return settings.config ? settings.config->refusal() : QString();
}

static QVariantMap storedProperties(const QObject &object)
{
    QVariantMap properties;
    const QMetaObject *type = object.metaObject();
    for (int i = 0; i < type->propertyCount(); ++i) {
        const QMetaProperty property = type->property(i);
        if (property.isStored() && property.isWritable())
            properties.insert(QString::fromLatin1(property.name()), property.read(&object));
    }
    return properties;
}

static QString unsendable(const QVariantMap &properties)
{
    for (auto it = properties.cbegin(); it != properties.cend(); ++it) {
        if (const QString type = unstreamable(it.value()); !type.isEmpty())
            return QStringLiteral("cannot send the property \"%1\" of its config, whose type %2 has no operator<< and operator>> for QDataStream; implement them, or declare the property STORED false")
                .arg(it.key(), type);
    }
    return {};
}

QSeamstressError ProcessBackend::launch(const RunSettings &settings)
{
    if (const QString reason = refusal(settings); !reason.isEmpty())
        return ErrorData::make(QSeamstressError::InvalidUse, reason, settings.origin);

    StartFrame start;
    if (settings.config) {
        const QSeamstressConfig &config = *settings.config->config();
        const QVariantMap properties = storedProperties(config);
        if (const QString reason = unsendable(properties); !reason.isEmpty())
            return ErrorData::make(QSeamstressError::InvalidUse, reason, settings.origin);
        start.configClass = keyOfConfig(typeid(config), isOtherProgram());
        start.configProperties = packProperties(properties);
    } else {
        start.scriptKey = keyOfScript(*settings.source.remote, isOtherProgram());
        start.arguments = settings.source.remote->arguments;
    }
    static const bool swept = (sweepLeftovers(), true);
    Q_UNUSED(swept);
    start.target = settings.target;
    start.order = settings.order;
    start.origin = settings.origin;
    start.name = settings.name;
    start.segmentSize = sharedMemorySize;
    start.applicationName = QCoreApplication::applicationName();
    start.applicationVersion = QCoreApplication::applicationVersion();
    start.organizationName = QCoreApplication::organizationName();
    start.organizationDomain = QCoreApplication::organizationDomain();
    start.testModeEnabled = QStandardPaths::isTestModeEnabled();

    const QByteArray startBytes = start.encode();
    if (startBytes.size() > maximumPayload)
        return ErrorData::make(QSeamstressError::InvalidUse,
                               QStringLiteral("cannot send %1 bytes to its process, which accepts at most %2; write the arguments of its script, or the properties of its config, to a file and "
                                              "pass its path")
                                   .arg(startBytes.size())
                                   .arg(maximumPayload),
                               settings.origin);

    m_lastPointInside.clear();
    m_run = std::make_unique<ProcessRun>(settings);
    const ChildSettings child{ program.isEmpty() ? QCoreApplication::applicationFilePath() : program, arguments, workingDirectory, environment };
    QString problem;
    if (!m_run->start(child, sharedMemorySize, startBytes, &problem)) {
        m_run.reset();
        return ErrorData::make(QSeamstressError::FailedToStart, QStringLiteral("%1 could not start: %2").arg(settings.name, problem), settings.origin);
    }
    return {};
}

bool ProcessBackend::isInAnotherThread() const
{
    return m_run->thread() != QThread::currentThread();
}

void ProcessBackend::deleteRun()
{
    if (isInAnotherThread())
        m_run.release()->deleteLater();
    else
        m_run.reset();
}

void ProcessBackend::letGo(const Target &target, quint32 order)
{
    QMetaObject::invokeMethod(m_run.get(), [run = m_run.get(), target, order] { run->sendTarget(FrameType::LetGo, target, order); });
}

void ProcessBackend::retarget(const Target &target, quint32 order)
{
    QMetaObject::invokeMethod(m_run.get(), [run = m_run.get(), target, order] { run->sendTarget(FrameType::Retarget, target, order); });
}

void ProcessBackend::waitForEvent(Mailbox &mailbox, QDeadlineTimer deadline)
{
    isInAnotherThread() ? Backend::waitForEvent(mailbox, deadline) : m_run->wait(deadline);
}

bool ProcessBackend::join(QDeadlineTimer)
{
    m_lastPointInside = lastPointInside();
    deleteRun(); // the end is only reported once the process has ended
    return true;
}

QString ProcessBackend::lastPointInside() const
{
    return m_run && !isInAnotherThread() ? m_run->lastPointInside() : m_lastPointInside;
}

bool ProcessBackend::cancel(PlainCode)
{
    QMetaObject::invokeMethod(m_run.get(), [run = m_run.get()] { run->cancel(); });
    return true;
}

void ProcessBackend::giveUp(const QSeamstressError &error)
{
    QMetaObject::invokeMethod(m_run.get(), [run = m_run.get(), message = error.message()] { run->send(FrameType::Cancel, CancelFrame{ message }.encode()); });
}

QString ProcessBackend::abandon()
{
    m_run->kill();
    deleteRun();
    return QStringLiteral("Its process was killed, so its tear-down did not run. Make sure that the script can finish, and release what it waits for.");
}

ActivityReport ProcessBackend::activity(bool isPaused) const
{
    if (isInAnotherThread())
        return { ActivityReport::Unknown, ActivityReport::LivesInAnotherThread };
    m_run->wait(QDeadlineTimer()); // only handles what has already arrived
    if (isPaused || m_run->isHalted())
        return { ActivityReport::Halted };
    return m_run->activity();
}

qint64 ProcessBackend::stoppedAt() const
{
    return m_run->stoppedAt();
}

qint64 ProcessBackend::processId() const
{
    return m_run ? m_run->processId() : 0;
}

} // namespace QSeamstressPrivate
