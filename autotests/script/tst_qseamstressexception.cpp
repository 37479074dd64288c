// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressException>
#include <QSeamstressThread>

#include <QTest>
#include <QtConcurrentRun>

#include <memory>
#include <type_traits>

static_assert(std::is_base_of_v<QException, QSeamstressException>);
static_assert(std::is_copy_constructible_v<QSeamstressException>); // or it could not be thrown
static_assert(!std::is_copy_assignable_v<QSeamstressException>);
static_assert(!std::is_convertible_v<QSeamstressError, QSeamstressException>);
static_assert(std::is_same_v<decltype(std::declval<const QSeamstressException &>().clone()), QSeamstressException *>);

class TestQSeamstressException : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void carriesAnError();
    void carriesNoError();
    void copies();
    void clones();
    void raises();
    void crossesAFuture();

private:
    QSeamstressError m_error;
};

void TestQSeamstressException::initTestCase()
{
    QSeamstressThread thread([] { return false; });
    thread.setObjectName("schloß");
    QVERIFY(!thread.enter());
    m_error = thread.error();
    QVERIFY(m_error);
}

static bool isLike(const QSeamstressException &exception, const QSeamstressError &error)
{
    return exception.error().code() == error.code() && exception.error().message() == error.message() && exception.error().origin() == error.origin()
        && QString::fromUtf8(exception.what()) == error.message();
}

void TestQSeamstressException::carriesAnError()
{
    const QSeamstressException exception(m_error);
    QCOMPARE(exception.error().code(), QSeamstressError::SetUpFailed);
    QCOMPARE(exception.error().origin(), "schloß");
    QCOMPARE(QString::fromUtf8(exception.what()), "\"schloß\": its set-up failed because its callable returned false.");
}

void TestQSeamstressException::carriesNoError()
{
    const QSeamstressException exception{ QSeamstressError() };
    QVERIFY(!exception.error());
    QCOMPARE(exception.what(), "");
}

void TestQSeamstressException::copies()
{
    auto original = std::make_unique<QSeamstressException>(m_error);
    const QSeamstressException copy = *original;
    original.reset();
    QVERIFY(isLike(copy, m_error));
}

void TestQSeamstressException::clones()
{
    auto original = std::make_unique<QSeamstressException>(m_error);
    const std::unique_ptr<QException> clone(static_cast<const QException &>(*original).clone());
    original.reset();
    const auto *const copy = dynamic_cast<const QSeamstressException *>(clone.get());
    QVERIFY(copy);
    QVERIFY(isLike(*copy, m_error));
}

void TestQSeamstressException::raises()
{
    const QSeamstressException exception(m_error);
    const QException &base = exception;
    try {
        base.raise();
        QFAIL("raise() threw nothing");
    } catch (const QSeamstressException &raised) {
        QVERIFY(isLike(raised, m_error));
    }
}

void TestQSeamstressException::crossesAFuture()
{
    QFuture<void> future = QtConcurrent::run([error = m_error] { throw QSeamstressException(error); });
    try {
        future.waitForFinished();
        QFAIL("waitForFinished() threw nothing");
    } catch (const QSeamstressException &e) {
        QVERIFY(isLike(e, m_error));
    }
}

QTEST_GUILESS_MAIN(TestQSeamstressException)
#include "tst_qseamstressexception.moc"
