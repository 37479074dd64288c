// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

// LIBRARY_NAME: a library of a test, with scripts in it.

#include <QSeamstressConfig>
#include <QSeamstressProcess>

namespace {

QSeamstressScript function()
{
    co_yield LIBRARY_NAME;
}

class Config : public QSeamstressConfig
{
public:
    void setUp() override { QSeamstress::pause(LIBRARY_NAME); }
};

Config config;

QSeamstressProcess *make(QByteArrayView form)
{
    if (form == QByteArrayView("function"))
        return new QSeamstressProcess(&function);
    if (form == QByteArrayView("config"))
        return new QSeamstressProcess(&config);
    return new QSeamstressProcess([]() -> QSeamstressScript { co_yield LIBRARY_NAME; });
}

} // namespace

extern "C" Q_DECL_EXPORT QSeamstressProcess *processOfLibrary(const char *form)
{
    return make(form);
}
