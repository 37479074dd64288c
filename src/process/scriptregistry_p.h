// SPDX-FileCopyrightText: 2026 The QSeamstress developers
// SPDX-License-Identifier: MIT

#ifndef SCRIPTREGISTRY_P_H
#define SCRIPTREGISTRY_P_H

#include <QtCore/QByteArray>

#include <variant>

#include "qseamstressprocessscript.h"

namespace QSeamstressPrivate {

// The key by which another process finds a script or config of this process. For a process of the same program it is the file of the module
// and the place in that module, since the type names of lambdas and of classes in anonymous namespaces are not unique in a program. For a
// process of another program, where places differ, it is the type name.
QByteArray keyOfScript(const RemoteScript &script, bool isByName);
QByteArray keyOfConfig(const std::type_info &type, bool isByName);

template <class Factory>
using Found = std::variant<Factory, QString>; // or the reason why there is none, to be appended to a message

Found<ScriptFactory> findScript(const QByteArray &key);
Found<ConfigFactory> findConfig(const QByteArray &key);

} // namespace QSeamstressPrivate

#endif // SCRIPTREGISTRY_P_H
