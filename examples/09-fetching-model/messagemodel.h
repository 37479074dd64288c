// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MESSAGEMODEL_H
#define MESSAGEMODEL_H

#include <QAbstractListModel>
#include <QFutureWatcher>
#include <QStringList>

class MessageSource;

// Messages, of which a view sees those that were fetched so far. fetchMore() begins to fetch a page, and returns; its messages are
// inserted as they come. One page at a time: while it is on its way there is nothing more to fetch.
class MessageModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int pageSize = 4;

    explicit MessageModel(MessageSource *source, QObject *parent = nullptr);
    ~MessageModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    // Forgets all messages, and those that are on their way.
    void clear();

Q_SIGNALS:
    void pageFetched();
    void fetchFailed(); // fetchMore() tries again, from where it failed

private:
    void insertParts(int begin, int end);
    void endPage();

    MessageSource *m_source;
    QStringList m_messages;
    QFutureWatcher<QStringList> m_page;
    int m_firstOfPage = 0;
    bool m_isFetching = false;
    bool m_isComplete = false;
};

#endif // MESSAGEMODEL_H
