// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A config that runs in another process.

#include <QSeamstress/QSeamstressProcess>
#include <QSeamstressTest>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <stdexcept>

class TestProcessConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAConfig();
    void refusesAConfig_data();
    void refusesAConfig();
    void configDeletedWhileInUse();
};

class Config : public QSeamstressConfig
{
    Q_OBJECT
    Q_PROPERTY(QString path MEMBER path)
    Q_PROPERTY(int number MEMBER number)

public:
    void setUp() override
    {
        if (QFile file(path); !file.open(QIODevice::WriteOnly) || file.write(QByteArray::number(number)) < 0)
            throw std::runtime_error("cannot write");
    }
    void tearDown() override { QFile::remove(path); }

    QString path;
    int number = 0;
};

void TestProcessConfig::runsAConfig()
{
    const QTemporaryDir directory;
    Config config;
    config.path = directory.filePath("file");
    config.number = 42;
    QSeamstressProcess process(&config);
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QFile file(config.path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "42");
    QVERIFY(process.exit());
    QVERIFY(!QFile::exists(config.path));
}

class UnregisteredConfig : public Config
{
};

void TestProcessConfig::refusesAConfig_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QSeamstressError::Code>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("not-registered") << "not-registered" << QSeamstressError::UnknownScript << "cannot run its config in another process: it is not registered in that process";
    QTest::newRow("plain-with-slots") << "plain-with-slots" << QSeamstressError::InvalidUse << "has a plain QSeamstressConfig, whose slots do not exist in another process; subclass QSeamstressConfig";
}

void TestProcessConfig::refusesAConfig()
{
    QFETCH(const QString, kind);
    QFETCH(const QSeamstressError::Code, code);
    QFETCH(const QString, text);
    UnregisteredConfig unregistered;
    QSeamstressConfig plain;
    connect(&plain, &QSeamstressConfig::settingUp, &plain, [] {});
    QSeamstressProcess process;
    process.setObjectName("other");
    process.setConfig(kind == "not-registered" ? &unregistered : &plain);
    if (code == QSeamstressError::InvalidUse)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("^QSeamstressProcess::enter: .*" + text));
    QVERIFY(!process.enter());
    QCOMPARE(process.error().code(), code);
    QVERIFY2(process.errorString().contains(text), qPrintable(process.errorString()));
}

void TestProcessConfig::configDeletedWhileInUse()
{
    const QTemporaryDir directory;
    auto config = std::make_unique<Config>();
    config->path = directory.filePath("file");
    QSeamstressProcess process(config.get());
    QVERIFY2(process.enter(), qPrintable(process.errorString()));
    QVERIFY(QFile::exists(directory.filePath("file")));
    config.reset(); // the process has its own config
    QCOMPARE(process.config(), nullptr);
    QVERIFY2(process.exit(), qPrintable(process.errorString()));
    QVERIFY(!QFile::exists(directory.filePath("file")));
}

QTEST_GUILESS_MAIN(TestProcessConfig)
#include "tst_processconfig.moc"
