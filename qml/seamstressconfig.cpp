// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "seamstressconfig.h"

#include <QtCore/QMetaMethod>
#include <QtQml/QQmlEngine>
#include <QtQml/QQmlError>

#include <stdexcept>

#include "generatorscript.h"

// Collects what handlers throw, since the QML engine only prints a warning for it.
class HandlerErrors
{
public:
    explicit HandlerErrors(const QObject *object)
        : m_engine(qmlEngine(object))
        , m_printed(m_engine && m_engine->outputWarningsToStandardError())
    {
        if (!m_engine)
            return;
        m_engine->setOutputWarningsToStandardError(false);
        m_connection = QObject::connect(m_engine, &QQmlEngine::warnings, m_engine, [this](const QList<QQmlError> &warnings) { m_errors += warnings; });
    }
    ~HandlerErrors()
    {
        if (!m_engine)
            return;
        QObject::disconnect(m_connection);
        m_engine->setOutputWarningsToStandardError(m_printed);
    }
    Q_DISABLE_COPY_MOVE(HandlerErrors)
    void raise() const
    {
        if (!m_errors.isEmpty())
            throw QmlScriptError(m_errors.first().description(), m_errors.first().url().toString(), m_errors.first().line());
    }

private:
    QQmlEngine *const m_engine;
    const bool m_printed;
    QMetaObject::Connection m_connection;
    QList<QQmlError> m_errors;
};

void SeamstressConfig::setUp()
{
    if (!isSignalConnected(QMetaMethod::fromSignal(&QSeamstressConfig::settingUp)))
        throw std::logic_error("this SeamstressConfig would do nothing; add an onSettingUp handler");
    const HandlerErrors errors(this);
    QSeamstressConfig::setUp();
    errors.raise();
}

void SeamstressConfig::tearDown()
{
    const HandlerErrors errors(this);
    QSeamstressConfig::tearDown();
    errors.raise();
}
