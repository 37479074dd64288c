// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// An executor that is accessed by names only, as from QML and debuggers: properties, their notify signals, and verbs.

#include "executorundertest.h"

#include <QSeamstressConfig>

#include <QMetaMethod>
#include <QMetaProperty>
#include <QSignalSpy>

#include <map>
#include <stdexcept>

class TestExecutorProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void haveSignals();
    void defaults();
    void areWritten_data();
    void areWritten();
    void configIsWritten();
    void tellWhereItIs();
    void signalComesForEachChange_data();
    void signalComesForEachChange();
    void verbsByName();
};

static QSeamstressScript twoPoints()
{
    co_yield QSeamstress::Pause("a", 1);
    co_yield QSeamstress::Pause("b", 2);
}

void TestExecutorProperties::haveSignals()
{
    const std::map<QByteArray, QByteArray> expected = {
        { "phase", "phaseChanged" },
        { "pausePoint", "phaseChanged" },
        { "pauseValue", "phaseChanged" },
        { "timeout", "" },
        { "pauseTimeout", "" },
        { "waitMode", "" },
        { "cancelsAfterFailure", "" },
        { "config", "configChanged" },
        { "errorString", "errorChanged" },
    };
    std::map<QByteArray, QByteArray> found;
    const QMetaObject &meta = QSeamstressExecutor::staticMetaObject;
    for (int i = meta.propertyOffset(); i < meta.propertyCount(); ++i)
        found[meta.property(i).name()] = meta.property(i).notifySignal().name();
    QCOMPARE(found, expected);
}

void TestExecutorProperties::defaults()
{
    const Executor executor;
    QCOMPARE(executor.property("phase").value<QSeamstressExecutor::Phase>(), QSeamstressExecutor::Idle);
    QCOMPARE(executor.property("pausePoint"), QString());
    QVERIFY(!executor.property("pauseValue").isValid());
    QCOMPARE(executor.property("timeout"), 1000);
    QCOMPARE(executor.property("pauseTimeout"), 5000);
    QCOMPARE(executor.property("waitMode").value<QSeamstressExecutor::WaitMode>(), runsOnTheEventLoop ? QSeamstressExecutor::ProcessEvents : QSeamstressExecutor::Blocking);
    QCOMPARE(executor.property("cancelsAfterFailure"), false);
    QCOMPARE(executor.property("config").value<QSeamstressConfig *>(), nullptr);
    QCOMPARE(executor.property("errorString"), QString());
}

void TestExecutorProperties::areWritten_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<bool>("isWritable");
    QTest::newRow("phase") << QVariant::fromValue(QSeamstressExecutor::Paused) << false;
    QTest::newRow("pausePoint") << QVariant("a") << false;
    QTest::newRow("pauseValue") << QVariant(1) << false;
    QTest::newRow("timeout") << QVariant(7) << true;
    QTest::newRow("pauseTimeout") << QVariant(-1) << true;
    QTest::newRow("waitMode") << QVariant::fromValue(QSeamstressExecutor::ProcessEvents) << true;
    QTest::newRow("cancelsAfterFailure") << QVariant(true) << true;
    QTest::newRow("errorString") << QVariant("mine") << false;
}

void TestExecutorProperties::areWritten()
{
    QFETCH(QVariant, value);
    QFETCH(bool, isWritable);
    const char *const name = QTest::currentDataTag();
    Executor executor;
    const QVariant before = executor.property(name);
    QCOMPARE(executor.setProperty(name, value), isWritable);
    QCOMPARE(executor.property(name), isWritable ? value : before);
}

class Config : public QSeamstressConfig
{
public:
    void setUp() override { }
};

void TestExecutorProperties::configIsWritten()
{
    Config config;
    registerConfig<Config>();
    Executor executor;
    QSignalSpy changed(&executor, &QSeamstressExecutor::configChanged);
    QVERIFY(executor.setProperty("config", QVariant::fromValue<QSeamstressConfig *>(&config)));
    QCOMPARE(executor.property("config").value<QSeamstressConfig *>(), &config);
    QCOMPARE(changed.count(), 1);
    QVERIFY(executor.enter());
    QVERIFY(executor.exit());
    QVERIFY(executor.setProperty("config", QVariant::fromValue<QSeamstressConfig *>(nullptr)));
    QCOMPARE(executor.property("config").value<QSeamstressConfig *>(), nullptr);
    QCOMPARE(changed.count(), 2);
}

void TestExecutorProperties::tellWhereItIs()
{
    Executor executor(&twoPoints);
    const auto phase = [&executor] { return executor.property("phase").value<QSeamstressExecutor::Phase>(); };
    QVERIFY(executor.enter());
    QCOMPARE(phase(), QSeamstressExecutor::Paused);
    QCOMPARE(executor.property("pausePoint"), "a");
    QCOMPARE(executor.property("pauseValue"), 1);
    QVERIFY(executor.advance());
    QCOMPARE(executor.property("pausePoint"), "b");
    QCOMPARE(executor.property("pauseValue"), 2);
    QVERIFY(!executor.advance());
    QCOMPARE(phase(), QSeamstressExecutor::Finished);
    QCOMPARE(executor.property("pausePoint"), QString());
    QVERIFY(!executor.property("pauseValue").isValid());
    QCOMPARE(executor.property("errorString"), executor.errorString());
    QVERIFY(!executor.errorString().isEmpty());
}

// Reads a property each time that its notify signal, known only as a QMetaMethod, is emitted.
class Listener : public QObject
{
    Q_OBJECT

public:
    explicit Listener(const char *property)
        : m_property(property)
    {
    }
    QVariantList heard;

public Q_SLOTS:
    void hear() { heard += sender()->property(m_property); }

private:
    const char *const m_property;
};

void TestExecutorProperties::signalComesForEachChange_data()
{
    using enum QSeamstressExecutor::Phase;
    const auto list = [](auto... values) { return QVariantList{ QVariant::fromValue(values)... }; };
    const QVariant none;
    QTest::addColumn<QVariantList>("values");
    QTest::newRow("phase") << list(SettingUp, Paused, Running, Paused, TearingDown, Failed);
    QTest::newRow("pausePoint") << QVariantList{ "", "a", "", "b", "", "" };
    QTest::newRow("pauseValue") << QVariantList{ none, 1, none, 2, none, none };
    QTest::newRow("errorString") << QVariantList{ "\"script\" threw std::runtime_error after its pause point \"b\": on purpose" };
}

void TestExecutorProperties::signalComesForEachChange()
{
    QFETCH(QVariantList, values);
    const char *const name = QTest::currentDataTag();
    Executor executor([]() -> QSeamstressScript {
        co_yield QSeamstress::Pause("a", 1);
        co_yield QSeamstress::Pause("b", 2);
        throw std::runtime_error("on purpose");
    });
    executor.setObjectName("script");
    Listener listener(name);
    const QMetaObject &meta = *executor.metaObject();
    const QMetaMethod hear = listener.metaObject()->method(listener.metaObject()->indexOfSlot("hear()"));
    QVERIFY(connect(&executor, meta.property(meta.indexOfProperty(name)).notifySignal(), &listener, hear));
    QVERIFY(executor.enter());
    QVERIFY(executor.advance());
    QVERIFY(!executor.exit());
    QCOMPARE(listener.heard, values);
}

void TestExecutorProperties::verbsByName()
{
    Executor executor(&twoPoints);
    bool succeeded = false;
    QVERIFY(QMetaObject::invokeMethod(&executor, "enter", Q_RETURN_ARG(bool, succeeded)));
    QVERIFY(succeeded);
    QCOMPARE(executor.pausePoint(), "a");
    QVERIFY(QMetaObject::invokeMethod(&executor, "runTo", Q_RETURN_ARG(bool, succeeded), Q_ARG(QString, "b")));
    QVERIFY(succeeded);
    QCOMPARE(executor.pausePoint(), "b");
    QVERIFY(QMetaObject::invokeMethod(&executor, "advance", Q_RETURN_ARG(bool, succeeded)));
    QVERIFY(!succeeded);
    QCOMPARE(executor.error().code(), QSeamstressError::NeverPaused);
    QVERIFY(QMetaObject::invokeMethod(&executor, "exit", Q_RETURN_ARG(bool, succeeded)));
    QVERIFY(succeeded);
    QCOMPARE(executor.phase(), QSeamstressExecutor::Finished);
}

QTEST_GUILESS_MAIN(TestExecutorProperties)
#include "tst_executorproperties.moc"
