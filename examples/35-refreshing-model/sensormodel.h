// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SENSORMODEL_H
#define SENSORMODEL_H

#include <QAbstractListModel>
#include <QTimer>

#include <chrono>
#include <functional>

// The readings of sensors, which the model reads each minute. It reports only what has changed, so that views keep their selection.
class SensorModel : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit SensorModel(std::function<QList<int>()> read)
        : m_read(std::move(read))
    {
        connect(&m_timer, &QTimer::timeout, this, &SensorModel::refresh);
        m_timer.start(std::chrono::minutes(1));
        refresh();
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(m_readings.size()); }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
            return {};
        return m_readings.at(index.row());
    }

private:
    void refresh()
    {
        const QList<int> readings = m_read();
        const int count = static_cast<int>(readings.size());
        if (count < rowCount()) {
            beginRemoveRows({}, count, rowCount() - 1);
            m_readings.resize(count);
            endRemoveRows();
        }
        for (int row = 0; row < rowCount(); ++row) {
            if (m_readings.at(row) == readings.at(row))
                continue;
            m_readings[row] = readings.at(row);
            Q_EMIT dataChanged(index(row), index(row), { Qt::DisplayRole });
        }
        if (count > rowCount()) {
            beginInsertRows({}, rowCount(), count - 1);
            m_readings = readings;
            endInsertRows();
        }
    }

    const std::function<QList<int>()> m_read;
    QTimer m_timer;
    QList<int> m_readings;
};

#endif // SENSORMODEL_H
