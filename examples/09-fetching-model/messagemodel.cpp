// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "messagemodel.h"

#include "messagesource.h"

MessageModel::MessageModel(MessageSource *source, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(source)
{
    connect(&m_page, &QFutureWatcherBase::resultsReadyAt, this, &MessageModel::insertParts);
    connect(&m_page, &QFutureWatcherBase::finished, this, &MessageModel::endPage);
}

MessageModel::~MessageModel()
{
    m_page.cancel();
}

int MessageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

QVariant MessageModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    return m_messages.at(index.row());
}

bool MessageModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isFetching && !m_isComplete;
}

void MessageModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent)) // not every caller asks first
        return;
    m_isFetching = true;
    m_firstOfPage = rowCount();
    m_page.setFuture(m_source->fetch(m_firstOfPage, pageSize));
}

void MessageModel::clear()
{
    beginResetModel();
    m_page.cancel();
    m_isFetching = false;
    m_isComplete = false;
    m_messages.clear();
    endResetModel();
}

void MessageModel::insertParts(int begin, int end)
{
    QStringList messages;
    for (int part = begin; part < end; ++part)
        messages += m_page.resultAt(part);
    if (messages.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(messages.size()) - 1);
    m_messages += messages;
    endInsertRows();
}

void MessageModel::endPage()
{
    if (!m_isFetching) // clear() was called in the meantime
        return;
    m_isFetching = false;
    if (m_page.isCanceled()) {
        Q_EMIT fetchFailed();
        return;
    }
    m_isComplete = rowCount() - m_firstOfPage < pageSize;
    Q_EMIT pageFetched();
}
