// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "configdata_p.h"

#include <QtCore/QMetaMethod>

#include <typeinfo>

#include "errordata_p.h"
#include "scripthost_p.h"

namespace QSeamstressPrivate {

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
        return { {}, QStringLiteral("was given a null pointer as its config; pass a QSeamstressConfig that lives as long as the script") };
    return { [data] {
                QSeamstressConfig *config = data->config();
                if (!config)
                    throw ScriptFailure(QSeamstressError::InvalidUse, QStringLiteral("its config was deleted before it began; keep it until exit()"));
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
        return QStringLiteral("has lost its config, which was deleted; keep the config until the executor is gone, or give it as a std::shared_ptr");
    if (m_host)
        return QStringLiteral("cannot have its config, which is in use by %1; give each executor a config of its own, or exit the other one first").arg(m_user);
    if (m_config->thread() != QThread::currentThread())
        return QStringLiteral("cannot use its config, which lives in another thread; make it in the thread that owns the executor, or move it there with moveToThread()");
    if (typeid(*m_config) == typeid(QSeamstressConfig) && !m_config->isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::settingUp)))
        return QStringLiteral("has a config that would do nothing; connect a slot to settingUp() with the config as context object, or override setUp()");
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
    // To no thread at all: from there any thread may fetch it, also one that is not known yet.
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
    // From no thread it is fetched, from the script's thread it is sent: QObject allows no other way.
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
    qWarning("QSeamstressConfig: deleted while %s uses it, so its tear-down cannot run; delete it after exit(), or give it to the "
             "executor as a std::shared_ptr.",
             qPrintable(m_user));
    m_host->cancel(ErrorData::make(QSeamstressError::InvalidUse,
                                   QStringLiteral("%1: its config was deleted while in use, so its tear-down did not run; delete it after exit(), or give it as a std::shared_ptr.")
                                       .arg(m_user),
                                   m_origin));
}

void ConfigData::requireSlotsRunHere(bool connected, const char *signal, const char *function) const
{
    if (!connected || !m_config || m_config->thread() == QThread::currentThread())
        return;
    throw ScriptFailure(QSeamstressError::InvalidUse,
                        QStringLiteral("its config lives in another thread, where the slots connected to %1 would run too late; make the config without a parent, or override %2")
                            .arg(QLatin1String(signal), QLatin1String(function)));
}

} // namespace QSeamstressPrivate
