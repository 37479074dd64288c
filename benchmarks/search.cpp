// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Counts the orders that an explorer runs until it finds the bug in each of several programs, with different seeds.

#include <QSeamstressExplorer>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QList>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <utility>

#include "searchprograms.h"

static constexpr int maximumOrders = 10'000;
static constexpr double notFound = std::numeric_limits<double>::infinity();

static double median(const QList<double> &sorted)
{
    const qsizetype middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted.at(middle) : (sorted.at(middle - 1) + sorted.at(middle)) / 2;
}

static QByteArray countText(double count)
{
    return count == notFound ? "> " + QByteArray::number(maximumOrders) : QByteArray::number(count);
}

// The number of orders until the first failure.
static double explore(const SearchProgram &program, int seed)
{
    QSeamstressExplorer explorer;
    explorer.setMaximumOrders(maximumOrders);
    explorer.setSeed(static_cast<quint32>(seed));
    program.addTo(explorer);
    if (explorer.explore())
        return notFound;
    if (explorer.verdict() != QSeamstressExplorer::CheckFailed && explorer.verdict() != QSeamstressExplorer::Deadlock)
        std::fprintf(stderr, "%s, seed %d: %s\n", qPrintable(program.name), seed, qPrintable(explorer.report()));
    return static_cast<double>(explorer.triedOrders() + explorer.infeasibleOrders());
}

// Prints the number of scripts, and those of the steps and orders if the scripts run in the order in which they were added.
static void printSize(const SearchProgram &program)
{
    QSeamstressExplorer explorer;
    program.addTo(explorer);
    const bool havePassed = explorer.run(QString());
    const QStringList steps = (havePassed ? explorer.report() : explorer.failingOrder()).split(QLatin1Char(' ')).filter(QStringLiteral(">"));
    const qsizetype blocked = steps.filter(QStringLiteral(">blocked")).size();
    const QByteArray orders = explorer.totalOrders() < 0 ? "?" : QByteArray::number(explorer.totalOrders());
    std::printf("%-18s %7d %6d %20s", qPrintable(program.name), static_cast<int>(explorer.scripts().size()), static_cast<int>(steps.size() - blocked), orders.constData());
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QCommandLineOption seedsOption(QStringLiteral("seeds"), QStringLiteral("The number of seeds."), QStringLiteral("N"), QStringLiteral("20"));
    const QCommandLineOption onlyOption(QStringLiteral("only"), QStringLiteral("Runs only this program."), QStringLiteral("name"));
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({ seedsOption, onlyOption });
    parser.process(application);
    const int seeds = std::max(parser.value(seedsOption).toInt(), 1);
    QList<SearchProgram> programs = searchPrograms();
    if (const QString only = parser.value(onlyOption); !only.isEmpty()) {
        programs.removeIf([&only](const SearchProgram &program) { return program.name != only; });
        if (programs.isEmpty()) {
            std::fprintf(stderr, "There is no program \"%s\".\n", qPrintable(only));
            return 1;
        }
    }

    std::printf("Orders until the first failure, with %d seeds and at most %d orders\n\n", seeds, maximumOrders);
    std::printf("%-18s %7s %6s %20s %8s %8s %8s\n", "program", "scripts", "steps", "orders", "minimum", "median", "maximum");
    QList<double> medians;
    for (const SearchProgram &program : std::as_const(programs)) {
        printSize(program);
        std::fflush(stdout);
        QList<double> counts;
        for (int seed = 1; seed <= seeds; ++seed)
            counts.append(explore(program, seed));
        std::sort(counts.begin(), counts.end());
        medians.append(median(counts));
        std::printf(" %8s %8s %8s\n", countText(counts.first()).constData(), countText(medians.last()).constData(), countText(counts.last()).constData());
        std::fflush(stdout);
    }
    std::sort(medians.begin(), medians.end());
    std::printf("\nmedian of the medians: %s\ngreatest median: %s\n", countText(median(medians)).constData(), countText(medians.last()).constData());
    return 0;
}
