// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "leftovers_p.h"

#include <QtCore/QList>
#include <QtCore/QRandomGenerator>
#include <QtCore/QStringView>

#include <algorithm>
#include <atomic>

namespace QSeamstressPrivate {

// A key consists of the prefix and five numbers, each followed by the mark. It has only letters, since Qt drops all other characters.
static constexpr QStringView prefix = u"QSeamstressX";
static constexpr QChar mark = u'X';
static constexpr qsizetype numbersInKey = 5;

// The number in base 16, with the digits a to p.
static QString letters(quint64 number)
{
    QString text;
    do {
        text.prepend(QChar(u'a' + static_cast<char16_t>(number % 16)));
        number /= 16;
    } while (number != 0);
    return text;
}

static std::optional<quint64> numberFrom(QStringView letters)
{
    if (letters.isEmpty() || letters.size() > 16)
        return {};
    quint64 number = 0;
    for (const QChar letter : letters) {
        if (letter < u'a' || letter > u'p')
            return {};
        number = number * 16 + (letter.unicode() - u'a');
    }
    return number;
}

QString newSegmentKey(const ProcessIdentity &owner)
{
    static std::atomic<quint64> counter = 0;
    // The random number makes keys unique where the rest cannot: in forked processes, across containers and across boots.
    const quint64 random = QRandomGenerator::system()->generate64();
    QString key = prefix.toString();
    for (const quint64 number : { owner.processId, owner.startTime, owner.place, ++counter, random })
        key += letters(number) + mark;
    return key;
}

std::optional<ProcessIdentity> ownerOfSegment(const QString &keyOrFileName)
{
    const qsizetype begin = keyOrFileName.lastIndexOf(prefix);
    if (begin < 0)
        return {};
    const QList<QStringView> parts = QStringView(keyOrFileName).mid(begin + prefix.size()).split(mark);
    if (parts.size() != numbersInKey + 1)
        return {};
    quint64 numbers[numbersInKey];
    for (qsizetype i = 0; i < numbersInKey; ++i) {
        const std::optional<quint64> value = numberFrom(parts.at(i));
        if (!value)
            return {};
        numbers[i] = *value;
    }
    return ProcessIdentity{ numbers[0], numbers[1], numbers[2] };
}

} // namespace QSeamstressPrivate
