// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// How an executor gets its config, how long it keeps it, and what config() returns.

#include <QSeamstressConfig>
#include <QSeamstressThread>

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <utility>

class CountingConfig : public QSeamstressConfig
{
public:
    void setUp() override { ++setUps; }
    void tearDown() override { ++tearDowns; }

    int setUps = 0;
    int tearDowns = 0;
};

class TestConfigProperty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNullAtFirst();
    void isGivenToTheConstructor();
    void changes();
    void isReadAndWrittenAsProperty();
    void isForgottenWhenAScriptIsGiven();
    void isNullOnceDeleted();
    void sharedOneIsKeptAlive();
    void sharedOneIsLetGoWhenReplaced();
};

void TestConfigProperty::isNullAtFirst()
{
    const QSeamstressThread withoutScript;
    QCOMPARE(withoutScript.config(), nullptr);
    const QSeamstressThread withScript([] { });
    QCOMPARE(withScript.config(), nullptr);
}

void TestConfigProperty::isGivenToTheConstructor()
{
    CountingConfig config;
    QObject parent;
    const QSeamstressThread thread(&config, &parent);
    QCOMPARE(thread.config(), &config);
    QCOMPARE(thread.parent(), &parent);
    QCOMPARE(config.parent(), nullptr); // not owned
}

void TestConfigProperty::changes()
{
    CountingConfig first;
    CountingConfig second;
    QSeamstressThread thread;
    const QSignalSpy spy(&thread, &QSeamstressExecutor::configChanged);

    thread.setConfig(&first);
    QCOMPARE(thread.config(), &first);
    QCOMPARE(spy.count(), 1);
    thread.setConfig(&first); // no change
    QCOMPARE(spy.count(), 1);
    thread.setConfig(&second);
    QCOMPARE(thread.config(), &second);
    QCOMPARE(spy.count(), 2);

    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
    QCOMPARE(first.setUps, 0);
    QCOMPARE(second.setUps, 1);
    QCOMPARE(spy.count(), 2);

    thread.setConfig(nullptr);
    QCOMPARE(thread.config(), nullptr);
    QCOMPARE(spy.count(), 3);
}

void TestConfigProperty::isReadAndWrittenAsProperty()
{
    CountingConfig config;
    QSeamstressThread thread;
    QCOMPARE(thread.property("config").value<QSeamstressConfig *>(), nullptr);
    QVERIFY(thread.setProperty("config", QVariant::fromValue<QSeamstressConfig *>(&config)));
    QCOMPARE(thread.config(), &config);
    QCOMPARE(thread.property("config").value<QSeamstressConfig *>(), &config);
    QVERIFY(thread.enter());
    QCOMPARE(config.setUps, 1);
    QVERIFY(thread.exit());
}

void TestConfigProperty::isForgottenWhenAScriptIsGiven()
{
    CountingConfig config;
    QSeamstressThread thread(&config);
    const QSignalSpy spy(&thread, &QSeamstressExecutor::configChanged);
    thread.setScript([] { QSeamstress::pause("script"); });
    QCOMPARE(thread.config(), nullptr);
    QCOMPARE(spy.count(), 1);
    QVERIFY(thread.enter());
    QCOMPARE(thread.pausePoint(), "script");
    QVERIFY(thread.exit());
    QCOMPARE(config.setUps, 0);

    thread.setConfig(&config);
    QCOMPARE(spy.count(), 2);
    QVERIFY(thread.enter());
    QCOMPARE(config.setUps, 1);
    QVERIFY(thread.exit());
}

void TestConfigProperty::isNullOnceDeleted()
{
    auto config = std::make_unique<CountingConfig>();
    const QSeamstressThread thread(config.get());
    config.reset();
    QCOMPARE(thread.config(), nullptr);
}

void TestConfigProperty::sharedOneIsKeptAlive()
{
    auto config = std::make_shared<CountingConfig>();
    const std::weak_ptr<CountingConfig> watch = config;
    {
        QSeamstressThread thread;
        thread.setConfig(std::move(config));
        QVERIFY(!watch.expired());
        QCOMPARE(thread.config(), watch.lock().get());
        QVERIFY(thread.enter());
        QCOMPARE(watch.lock()->setUps, 1);
        QVERIFY(thread.exit());
        QVERIFY(!watch.expired());
        QCOMPARE(watch.lock()->tearDowns, 1);
    }
    QVERIFY(watch.expired());
}

void TestConfigProperty::sharedOneIsLetGoWhenReplaced()
{
    auto config = std::make_shared<CountingConfig>();
    const std::weak_ptr<CountingConfig> watch = config;
    QSeamstressThread thread;
    thread.setConfig(std::move(config));
    QVERIFY(thread.enter());
    QVERIFY(thread.exit());
    thread.setScript([] { });
    QVERIFY(watch.expired());
}

QTEST_GUILESS_MAIN(TestConfigProperty)
#include "tst_configproperty.moc"
