// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "qseamstressconfig.h"

#include <QtCore/QMetaMethod>

#include <typeinfo>

#include "configdata_p.h"
#include "errordata_p.h"
#include "scripthost_p.h"

using namespace QSeamstressPrivate;

/*!
    \fn void QSeamstressConfig::settingUp()

    Emitted by the default setUp() in the script's thread, before the script pauses. Connect with the config as the context object.
*/

/*!
    \fn void QSeamstressConfig::tearingDown()

    Emitted by the default tearDown() in the script's thread, when the script is resumed. Connect with the config as the context object.
*/

/*!
    Constructs a config with the given \a parent. If you connect slots to its signals, do not pass a parent.
*/
QSeamstressConfig::QSeamstressConfig(QObject *parent)
    : QObject(parent)
    , d(std::make_shared<ConfigData>(this))
{
}

/*!
    Destroys the config. The config must not be in use.
*/
QSeamstressConfig::~QSeamstressConfig()
{
    d->configDestroyed();
}

/*!
    Returns \c true if something is connected to settingUp() or tearingDown().
*/
bool QSeamstressConfig::hasSlots() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::settingUp)) || isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::tearingDown));
}

static void requireSlotsRunHere(const QSeamstressConfig &config, const char *signal, const char *function)
{
    if (config.thread() != QThread::currentThread())
        throw ScriptFailure(QSeamstressError::InvalidUse,
                            QStringLiteral("its config lives in another thread, where the slots connected to %1 would run too late; create the config without a parent, or override %2")
                                .arg(QLatin1String(signal), QLatin1String(function)));
}

/*!
    Called in the script's thread before the script pauses. The default implementation emits settingUp().

    To report a failure, throw an exception. In that case, tearDown() is not called and enter() returns \c false.
*/
void QSeamstressConfig::setUp()
{
    if (isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::settingUp)))
        requireSlotsRunHere(*this, "settingUp()", "setUp()");
    Q_EMIT settingUp();
}

/*!
    Called in the script's thread when the script is resumed. The default implementation emits tearingDown().

    This function is not called if setUp() threw. If it throws, exit() fails with that exception as an error of the script.
*/
void QSeamstressConfig::tearDown()
{
    if (isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::tearingDown)))
        requireSlotsRunHere(*this, "tearingDown()", "tearDown()");
    Q_EMIT tearingDown();
}

/*!
    Returns the script of this config. Called in the script's thread, once for each run. The default implementation calls setUp(),
    pauses at an unnamed pause point, and calls tearDown().

    Override this function if you need more than one pause point.
*/
QSeamstressScript QSeamstressConfig::script()
{
    setUp();
    co_yield QSeamstress::Pause();
    tearDown();
}

ConfigData::ConfigData(QSeamstressConfig *config)
    : m_config(config)
{
}

std::shared_ptr<ConfigData> ConfigData::of(const QSeamstressConfig *config)
{
    return config ? config->d : nullptr;
}

ScriptSource ConfigData::source(const std::shared_ptr<ConfigData> &data)
{
    if (!data)
        return { {}, QStringLiteral("was given a null pointer as its config; pass a QSeamstressConfig that outlives the script") };
    return { [data] {
                QSeamstressConfig *config = data->config();
                if (!config)
                    throw ScriptFailure(QSeamstressError::InvalidUse, QStringLiteral("its config was deleted before the script started; keep the config until exit()"));
                return config->script();
            },
             {} };
}

QSeamstressConfig *ConfigData::config() const
{
    const std::lock_guard lock(m_mutex);
    return m_config;
}

QString ConfigData::refusal() const
{
    const std::lock_guard lock(m_mutex);
    return lockedRefusal();
}

QString ConfigData::lockedRefusal() const
{
    if (!m_config)
        return QStringLiteral("cannot use its config, which was deleted; keep the config until the executor is destroyed, or pass it as a std::shared_ptr");
    if (m_host)
        return QStringLiteral("cannot use its config, which is in use by %1; give each executor its own config, or exit() the other executor first").arg(m_user);
    if (m_config->thread() != QThread::currentThread())
        return QStringLiteral("cannot use its config, which lives in another thread; create it in the thread that owns the executor, or move it there with moveToThread()");
    if (typeid(*m_config) == typeid(QSeamstressConfig) && !m_config->isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::settingUp)))
        return QStringLiteral("has a config that does nothing; connect a slot to settingUp() with the config as the context object, or override setUp()");
    return {};
}

QString ConfigData::claim(const std::shared_ptr<ScriptHost> &host, const QString &origin, const QString &name, Moves moves)
{
    const std::lock_guard lock(m_mutex);
    if (const QString refusal = lockedRefusal(); !refusal.isEmpty())
        return refusal;
    m_host = host;
    m_origin = origin;
    m_user = name;
    m_home = QThread::currentThread();
    // To no thread: any thread can then pull the config, even one that does not exist yet.
    if (moves == Moves::Yes && !m_config->parent())
        m_config->moveToThread(nullptr);
    return {};
}

void ConfigData::moveHere()
{
    const std::lock_guard lock(m_mutex);
    if (m_config && !m_config->parent())
        m_config->moveToThread(QThread::currentThread());
}

void ConfigData::moveBack()
{
    const std::lock_guard lock(m_mutex);
    // QObject can be pulled if it has no thread affinity, and otherwise only pushed from its own thread.
    if (m_config && !m_config->parent())
        m_config->moveToThread(m_config->thread() ? m_home.data() : QThread::currentThread());
    m_host.reset();
}

void ConfigData::configDestroyed()
{
    const std::lock_guard lock(m_mutex);
    m_config = nullptr;
    if (!m_host)
        return;
    qWarning("QSeamstressConfig: deleted while %s is using it, so its tear-down cannot run; delete the config after exit(), or pass it to the "
             "executor as a std::shared_ptr.",
             qPrintable(m_user));
    m_host->cancel(ErrorData::make(QSeamstressError::InvalidUse,
                                   QStringLiteral("%1: its config was deleted while in use, so its tear-down did not run; delete the config after exit(), or pass it as a std::shared_ptr.")
                                       .arg(m_user),
                                   m_origin));
}
