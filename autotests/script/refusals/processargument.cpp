// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include <QSeamstressProcess>

#include <string>

struct Mine
{
    std::string text;
};

int main()
{
    const Mine mine;
    QSeamstressProcess process([](Mine mine) -> QSeamstressScript { co_yield mine.text.c_str(); }, mine);
}
