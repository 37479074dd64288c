// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// A QTest program that leaves a thread behind. The macro TEST_MAIN defines its main().

#include <QTest>

#include "scene.h"

class LeavesAThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void play() { QVERIFY(Scene::play()); }
};

TEST_MAIN(LeavesAThread)
#include "exitsbyqtest.moc"
