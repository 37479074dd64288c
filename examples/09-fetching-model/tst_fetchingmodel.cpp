// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A model that fetches page by page, seen through the proxy model of a view. The source is a task that pauses when a page has been
// requested, and again when half of it has arrived. In these states, a model may request the same page twice, or insert a page that is
// no longer wanted. The last two tests use a model that requests a page twice; only a source that pauses reveals it.

#include <QSeamstressTest>

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QPromise>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include "messagemodel.h"
#include "messagesource.h"

class TestFetchingModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesOnePageAtATime();
    void takesInNothingThatIsLateAfterAClear();
    void fetchesTheRestOfAPageThatFailed();
    void obeysTheRulesOfModelsAllTheWay();
    void aModelThatAsksTwiceIsFoundOut();
    void withoutAHaltItIsNot();
};

// Its messages arrive when the test sends them.
class SourceOfTheTest : public MessageSource
{
public:
    QFuture<QStringList> fetch(int first, int) override
    {
        m_requests.append(first);
        m_page = QPromise<QStringList>();
        m_page.start();
        return m_page.future();
    }
    void send(const QStringList &messages) { m_page.addResult(messages); }
    void endPage() { m_page.finish(); }
    void fail() { m_page = QPromise<QStringList>(); }
    QList<int> requests() const { return m_requests; } // the first row of each page that was requested

private:
    QPromise<QStringList> m_page;
    QList<int> m_requests;
};

// The model and the proxy that a view shows: only messages about Qt, in alphabetical order.
template <class Model = MessageModel>
struct Inbox
{
    Inbox()
    {
        aboutQt.setSourceModel(&model);
        aboutQt.setFilterFixedString("Qt");
        aboutQt.sort(0);
        QObject::connect(&aboutQt, &QAbstractItemModel::rowsInserted, &aboutQt, [this] { layOut(); });
    }
    // What a view does when it has room for more rows.
    void layOut()
    {
        if (aboutQt.canFetchMore({}))
            aboutQt.fetchMore({});
    }
    QStringList seen() const
    {
        QStringList messages;
        for (int row = 0; row < aboutQt.rowCount(); ++row)
            messages.append(aboutQt.index(row, 0).data().toString());
        return messages;
    }

    SourceOfTheTest source;
    Model model{ &source };
    QSortFilterProxyModel aboutQt;
};

static const QStringList firstHalf{ "Qt 6.4 is out", "Lunch" };
static const QStringList secondHalf{ "Invoice", "A patch for Qt" };

static QSeamstressScript sendFirstHalf(SourceOfTheTest &source, MessageModel &model)
{
    const auto inserted = QtFuture::connect(&model, &QAbstractItemModel::rowsInserted);
    source.send(firstHalf);
    co_await inserted;
}

static QSeamstressScript sendPage(SourceOfTheTest &source, MessageModel &model)
{
    co_yield "requested";
    co_await sendFirstHalf(source, model);
    co_yield "half of it inserted";
    const QFuture<void> fetched = QtFuture::connect(&model, &MessageModel::pageFetched);
    source.send(secondHalf);
    source.endPage();
    co_await fetched;
    co_yield "fetched";
}

//! [in flight]
void TestFetchingModel::fetchesOnePageAtATime()
{
    Inbox inbox;
    QSeamstressTask sender([&inbox] { return sendPage(inbox.source, inbox.model); });
    sender.setObjectName("sender");

    inbox.layOut();
    QSEAMSTRESS_ENTER(sender);
    QVERIFY(!inbox.aboutQt.canFetchMore({}));
    QCOMPARE(inbox.aboutQt.rowCount(), 0);

    QSEAMSTRESS_ADVANCE(sender);
    QCOMPARE(sender.pausePoint(), "half of it inserted");
    QVERIFY(!inbox.aboutQt.canFetchMore({}));
    QCOMPARE(inbox.model.rowCount(), 2);
    QCOMPARE(inbox.seen(), QStringList("Qt 6.4 is out"));
    QCOMPARE(inbox.source.requests(), QList<int>({ 0 })); // although the view has room for more rows

    QSEAMSTRESS_ADVANCE(sender);
    QCOMPARE(inbox.model.rowCount(), 4);
    QCOMPARE(inbox.seen(), QStringList({ "A patch for Qt", "Qt 6.4 is out" }));
    QCOMPARE(inbox.source.requests(), QList<int>({ 0 }));
    inbox.layOut();
    QCOMPARE(inbox.source.requests(), QList<int>({ 0, 4 }));
}
//! [in flight]

void TestFetchingModel::takesInNothingThatIsLateAfterAClear()
{
    Inbox inbox;
    QSeamstressTask sender([&inbox]() -> QSeamstressScript {
        co_await sendFirstHalf(inbox.source, inbox.model);
        co_yield "half of it inserted";
        const QFuture<void> fetched = QtFuture::connect(&inbox.model, &MessageModel::pageFetched);
        inbox.source.send({ "Qt 6.5 is out" });
        inbox.source.endPage();
        co_await fetched;
        co_yield "fetched";
    });
    sender.setObjectName("sender");

    inbox.layOut();
    QSEAMSTRESS_ENTER(sender);
    inbox.source.send(secondHalf); // sent, but not yet received by the model
    inbox.source.endPage();
    inbox.model.clear();
    const QSignalSpy failures(&inbox.model, &MessageModel::fetchFailed);
    QCoreApplication::processEvents();
    QCOMPARE(inbox.model.rowCount(), 0);
    QCOMPARE(failures.count(), 0);
    inbox.layOut();
    QSEAMSTRESS_ADVANCE(sender);
    QCOMPARE(inbox.model.rowCount(), 1);
    QCOMPARE(inbox.seen(), QStringList("Qt 6.5 is out"));
    QVERIFY(!inbox.aboutQt.canFetchMore({})); // the page was not full, so there are no more
}

void TestFetchingModel::fetchesTheRestOfAPageThatFailed()
{
    Inbox inbox;
    QSeamstressTask sender([&inbox]() -> QSeamstressScript {
        co_await sendFirstHalf(inbox.source, inbox.model);
        const QFuture<void> failed = QtFuture::connect(&inbox.model, &MessageModel::fetchFailed);
        inbox.source.fail();
        co_await failed;
        co_yield "failed";
    });
    sender.setObjectName("sender");

    inbox.layOut();
    QSEAMSTRESS_ENTER(sender);
    QCOMPARE(inbox.seen(), QStringList("Qt 6.4 is out"));
    inbox.layOut();
    QCOMPARE(inbox.source.requests(), QList<int>({ 0, 2 }));
}

void TestFetchingModel::obeysTheRulesOfModelsAllTheWay()
{
    Inbox inbox;
    // The testers call fetchMore() at every change, even in the middle of an insertion, whatever canFetchMore() returns.
    const QAbstractItemModelTester modelTester(&inbox.model);
    const QAbstractItemModelTester proxyTester(&inbox.aboutQt);
    QSEAMSTRESS_TASK(sender, [&inbox] { return sendPage(inbox.source, inbox.model); });
    QSEAMSTRESS_RUN_TO(sender, "fetched");
    QCOMPARE(inbox.source.requests(), QList<int>({ 0 }));
    QCOMPARE(inbox.seen(), QStringList({ "A patch for Qt", "Qt 6.4 is out" }));
}

// The bug that these tests look for: canFetchMore() ignores the page that is being fetched.
class HastyModel : public MessageModel
{
public:
    using MessageModel::MessageModel;
    bool canFetchMore(const QModelIndex &parent) const override { return !parent.isValid(); }
};

void TestFetchingModel::aModelThatAsksTwiceIsFoundOut()
{
    Inbox<HastyModel> inbox;
    QSEAMSTRESS_TASK(sender, [&inbox]() -> QSeamstressScript {
        co_yield "requested";
        co_await sendFirstHalf(inbox.source, inbox.model);
        co_yield "half of it inserted";
    });
    inbox.layOut();
    QCOMPARE(inbox.source.requests(), QList<int>({ 0 }));
    inbox.layOut(); // the view is resized
    QCOMPARE(inbox.source.requests(), QList<int>({ 0, 0 })); // the first page is requested twice
    QSEAMSTRESS_ADVANCE(sender);
    QCOMPARE(inbox.source.requests(), QList<int>({ 0, 0, 2 })); // and then a page that starts in the middle of it
}

void TestFetchingModel::withoutAHaltItIsNot()
{
    Inbox<HastyModel> inbox;
    QSeamstressTask sender([&inbox]() -> QSeamstressScript {
        const auto inserted = QtFuture::connect(&inbox.model, &QAbstractItemModel::rowsInserted);
        inbox.source.send(firstHalf + secondHalf);
        inbox.source.endPage();
        co_await inserted;
        co_yield "inserted";
    });
    inbox.layOut();
    QSEAMSTRESS_ENTER(sender);
    QCOMPARE(inbox.model.rowCount(), 4);
    QCOMPARE(inbox.source.requests(), QList<int>({ 0, 4 })); // each page is requested once
}

QTEST_GUILESS_MAIN(TestFetchingModel)
#include "tst_fetchingmodel.moc"
