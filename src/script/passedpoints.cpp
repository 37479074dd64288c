// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "passedpoints_p.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

namespace QSeamstressPrivate {

// The maximum number of points counted separately. Bounds the memory of a script that generates point names.
static constexpr qsizetype maximumPoints = 64;

void PassedPoints::add(const QString &point, const QString &thread)
{
    last = point;
    const auto known = std::find_if(points.begin(), points.end(), [&](const PassedPoint &passed) { return passed.point == point && passed.thread == thread; });
    if (known != points.end())
        ++known->count;
    else if (points.size() < maximumPoints)
        points.append({ point, 1, thread });
    else
        ++others;
}

QString placeText(const std::optional<QString> &lastPoint)
{
    if (!lastPoint)
        return QStringLiteral("before its first pause point");
    return lastPoint->isEmpty() ? QStringLiteral("after its last pause point") : QStringLiteral("after its pause point \"%1\"").arg(*lastPoint);
}

namespace {

struct Askers
{
    std::mutex mutex;
    std::vector<PassedPoints *> all;
    std::atomic<void (*)(const QString &point)> hear = nullptr;

    static Askers &instance()
    {
        static auto *const askers = new Askers; // threads may pass points after static destruction
        return *askers;
    }
};

} // namespace

PointsWithoutScript::PointsWithoutScript()
{
    Askers &askers = Askers::instance();
    const std::lock_guard lock(askers.mutex);
    askers.all.push_back(&m_passed);
}

PointsWithoutScript::~PointsWithoutScript()
{
    Askers &askers = Askers::instance();
    const std::lock_guard lock(askers.mutex);
    std::erase(askers.all, &m_passed);
}

QList<PassedPoint> PointsWithoutScript::points() const
{
    const std::lock_guard lock(Askers::instance().mutex);
    return m_passed.points;
}

void PointsWithoutScript::pass(const char *point)
{
    Askers &askers = Askers::instance();
    const QString name = QString::fromUtf8(point);
    {
        const std::lock_guard lock(askers.mutex);
        for (PassedPoints *const passed : askers.all)
            passed->add(name);
    }
    tellOfPointInside(name);
}

void setHearsOfPointsInside(void (*hear)(const QString &point))
{
    static const PausePointListener listener;
    Askers::instance().hear = hear;
}

void tellOfPointInside(const QString &point)
{
    if (void (*const hear)(const QString &) = Askers::instance().hear)
        hear(point);
}

} // namespace QSeamstressPrivate
