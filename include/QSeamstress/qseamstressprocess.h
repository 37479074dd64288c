// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef QSEAMSTRESSPROCESS_H
#define QSEAMSTRESSPROCESS_H

#include <QtCore/QProcessEnvironment>
#include <QtCore/QStringList>

#include "qseamstressexecutor.h"
#include "qseamstressprocessscript.h"

class QSEAMSTRESS_EXPORT QSeamstressProcess : public QSeamstressExecutor
{
    Q_OBJECT
    Q_PROPERTY(int sharedMemorySize READ sharedMemorySize WRITE setSharedMemorySize)
    Q_PROPERTY(QString program READ program WRITE setProgram)
    Q_PROPERTY(QStringList arguments READ arguments WRITE setArguments)
    Q_PROPERTY(QString workingDirectory READ workingDirectory WRITE setWorkingDirectory)

public:
    explicit QSeamstressProcess(QObject *parent = nullptr);

    template <std::derived_from<QSeamstressConfig> Config>
    explicit QSeamstressProcess(Config *config, QObject *parent = nullptr)
        : QSeamstressProcess(parent)
    {
        registerConfig<Config>();
        setConfig(config);
    }

    template <QSeamstressLockable Lock>
    explicit QSeamstressProcess(Lock *, QObject * = nullptr)
    {
        static_assert(!QSeamstressLockable<Lock>,
                      "QSeamstressProcess: a pointer to a lock means nothing in another process. Pass a callable that takes an interprocess lock, "
                      "for example [](QString path) { QLockFile lock(path); ... }, and pass what it needs as arguments.");
    }

    template <class Script, class... Args>
        requires std::invocable<Script &, Args...>
    explicit QSeamstressProcess(Script script, Args... args)
        : QSeamstressProcess(static_cast<QObject *>(nullptr))
    {
        setScript(std::move(script), std::move(args)...);
    }

    ~QSeamstressProcess() override;

    template <class Script, class... Args>
        requires std::invocable<Script &, Args...>
    void setScript(Script script, Args... args)
    {
        setScriptSource(QSeamstressPrivate::remoteSource(QSeamstressPrivate::ProcessScript<Script, Args...>::describe(std::move(script), args...)));
    }

    template <std::derived_from<QSeamstressConfig> Config>
    static void registerConfig()
    {
        static_cast<void>(&QSeamstressPrivate::ProcessConfig<Config>::registration);
    }

    int sharedMemorySize() const;
    void setSharedMemorySize(int bytes);
    QString program() const;
    void setProgram(const QString &program);
    QStringList arguments() const;
    void setArguments(const QStringList &arguments);
    QProcessEnvironment processEnvironment() const;
    void setProcessEnvironment(const QProcessEnvironment &environment);
    QString workingDirectory() const;
    void setWorkingDirectory(const QString &directory);
    qint64 processId() const;
};

#endif // QSEAMSTRESSPROCESS_H
