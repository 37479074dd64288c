// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Runs many scripts in every way that they can end, kills processes at random moments, and prints what is left in the system.

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <optional>

#include "chaos.h"
#include "cycles.h"
#include "table.h"

int main(int argc, char **argv)
{
    // By these its own processes are told from others, and its files. Its processes have them already.
    std::optional<QTemporaryDir> folder;
    if (!qEnvironmentVariableIsSet("SOAK")) {
        folder.emplace();
        qputenv("SOAK", QByteArray::number(QRandomGenerator::system()->generate64()));
        qputenv("TMPDIR", folder->path().toLocal8Bit());
        if (!separateSemaphores())
            std::puts("Semaphores are not counted, which takes root.");
    }
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption cycles("cycles", "Scripts of each kind.", "count", "1000");
    const QCommandLineOption kills("kills", "Kills of each kind.", "count", "50");
    const QCommandLineOption seed("seed", "Of the moments of the kills; by default another one each time.", "number", QString::number(QRandomGenerator::system()->bounded(1'000'000)));
    const QCommandLineOption victim("victim", "Be killed.");
    parser.addOptions({ cycles, kills, seed, victim });
    parser.process(application);
    if (parser.isSet(victim))
        return beVictim();

    std::printf("seed %s\n\n", qPrintable(parser.value(seed)));
    printHead();
    const bool survivedCycles = soakInCycles(parser.value(cycles).toInt());
    const bool survivedChaos = soakInChaos(parser.value(kills).toInt(), parser.value(seed).toUInt());
    std::printf("\n%s\n", survivedCycles && survivedChaos ? "Nothing is left, and all did what they should." : "FAILED");
    return survivedCycles && survivedChaos ? EXIT_SUCCESS : EXIT_FAILURE;
}
