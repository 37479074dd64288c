# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# cmake -D SOURCE=dir -D DESTINATION=dir -P qdocheaders.cmake
#
# Copies the public headers for qdoc. That of Qt 6.4 reads C++17, whatever it is told, and would overlook functions with
# constraints: in the copy they have none.
file(GLOB headers RELATIVE ${SOURCE} ${SOURCE}/*.h)
foreach(header IN LISTS headers)
    file(READ ${SOURCE}/${header} text)
    string(REGEX REPLACE "template <(QSeamstress[A-Za-z:]*|std::derived_from<[A-Za-z]*>) " "template <class " text "${text}")
    string(REGEX REPLACE "\n *requires std::[^\n]*" "" text "${text}")
    file(WRITE ${DESTINATION}/${header} "${text}")
    string(APPEND includes "#include \"${header}\"\n")
endforeach()
# Of the module, for qdoc, which looks for functions only in what that includes.
file(WRITE ${DESTINATION}/qseamstressmodule.h "${includes}")
