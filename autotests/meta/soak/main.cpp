// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// Runs many scripts that end in every possible way, kills processes at random moments, and prints what is left in the system.

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
    // These identify the processes and files of this program. Its child processes inherit them.
    std::optional<QTemporaryDir> folder;
    if (!qEnvironmentVariableIsSet("SOAK")) {
        folder.emplace();
        qputenv("SOAK", QByteArray::number(QRandomGenerator::system()->generate64()));
        qputenv("TMPDIR", folder->path().toLocal8Bit());
        if (!separateSemaphores())
            std::puts("Semaphores are not counted, which needs root privileges.");
    }
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption cycles("cycles", "The number of scripts of each kind.", "count", "1000");
    const QCommandLineOption kills("kills", "The number of kills of each kind.", "count", "50");
    const QCommandLineOption seed("seed", "The seed of the random moments of the kills; random by default.", "number", QString::number(QRandomGenerator::system()->bounded(1'000'000)));
    const QCommandLineOption victim("victim", "Runs as the test that is killed.");
    parser.addOptions({ cycles, kills, seed, victim });
    parser.process(application);
    if (parser.isSet(victim))
        return beVictim();

    std::printf("seed %s\n\n", qPrintable(parser.value(seed)));
    printHead();
    const bool survivedCycles = soakInCycles(parser.value(cycles).toInt());
    const bool survivedChaos = soakInChaos(parser.value(kills).toInt(), parser.value(seed).toUInt());
    std::printf("\n%s\n", survivedCycles && survivedChaos ? "Nothing is left, and everything behaved as expected." : "FAILED");
    return survivedCycles && survivedChaos ? EXIT_SUCCESS : EXIT_FAILURE;
}
