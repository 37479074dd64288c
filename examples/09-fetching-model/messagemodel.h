// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef MESSAGEMODEL_H
#define MESSAGEMODEL_H

#include <QAbstractListModel>
#include <QFutureWatcher>
#include <QStringList>

class MessageSource;

// A list of messages that is fetched page by page. fetchMore() starts to fetch a page and returns immediately; the messages are
// inserted as they arrive. Only one page is fetched at a time: until it is complete, canFetchMore() returns false.
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
    // Discards all messages, including those of the page that is being fetched.
    void clear();

Q_SIGNALS:
    void pageFetched();
    void fetchFailed(); // fetchMore() tries again from where it failed

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
