// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#include "translationunits.h"

namespace {

QSeamstressScript function()
{
    co_yield "first";
}

struct Object
{
    QSeamstressScript operator()(int) const { co_yield "first"; }
};

class Config : public QSeamstressConfig
{
public:
    void setUp() override { QSeamstress::pause("first"); }
};

Config config;

// The function of the other file has the same name, too.
std::unique_ptr<QSeamstressProcess> make(const QString &form)
{
    if (form == "function")
        return std::make_unique<QSeamstressProcess>(&function);
    if (form == "object")
        return std::make_unique<QSeamstressProcess>(Object(), 1);
    if (form == "config")
        return std::make_unique<QSeamstressProcess>(&config);
    return std::make_unique<QSeamstressProcess>([] { QSeamstress::pause("first"); });
}

} // namespace

std::unique_ptr<QSeamstressProcess> processOfFirst(const QString &form)
{
    return make(form);
}
