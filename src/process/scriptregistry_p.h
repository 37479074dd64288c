// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTREGISTRY_P_H
#define SCRIPTREGISTRY_P_H

#include <QtCore/QByteArray>

#include <variant>

#include "qseamstressprocessscript.h"

namespace QSeamstressPrivate {

// By what another process finds what this one has. In a process of this program, by the file of the module that holds it, and its place
// in there: the names of types do not tell, since those of lambdas, and of classes in anonymous namespaces, are not unique in a program. In
// one of another program, which has other places, by its name.
QByteArray keyOfScript(const RemoteScript &script, bool isByName);
QByteArray keyOfConfig(const std::type_info &type, bool isByName);

template <class Factory>
using Found = std::variant<Factory, QString>; // or why there is none, in words that follow a name

Found<ScriptFactory> findScript(const QByteArray &key);
Found<ConfigFactory> findConfig(const QByteArray &key);

} // namespace QSeamstressPrivate

#endif // SCRIPTREGISTRY_P_H
