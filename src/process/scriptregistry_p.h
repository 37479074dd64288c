// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTREGISTRY_P_H
#define SCRIPTREGISTRY_P_H

#include <QtCore/QByteArray>

#include <variant>

#include "qseamstressprocessscript.h"

namespace QSeamstressPrivate {

// By what another process of this program finds the same function: the file of its module, and its place in there. The names of types
// do not tell, since those of lambdas, and of classes in anonymous namespaces, are not unique in a program. Empty if it has none.
QByteArray keyOfFunction(void (*function)());

// In a child of this program, or by their names in one of another program, which has other places.
QByteArray keyOfScript(const RemoteScript &script, bool byName);
QByteArray keyOfConfig(const std::type_info &type);

template <class Factory>
using Found = std::variant<Factory, QString>; // or why there is none, in words that follow a name

Found<ScriptFactory> findScript(const QByteArray &key);
Found<ConfigFactory> findConfig(const QByteArray &key);

} // namespace QSeamstressPrivate

#endif // SCRIPTREGISTRY_P_H
