# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# cmake -D SOURCE=dir -D DESTINATION=dir -P qdocheaders.cmake
#
# Copies the public headers for qdoc. The qdoc of Qt 6.4 always parses C++17 and would skip functions with constraints, so the copies have
# no constraints.
file(GLOB headers RELATIVE ${SOURCE} ${SOURCE}/*.h)
foreach(header IN LISTS headers)
    file(READ ${SOURCE}/${header} text)
    string(REGEX REPLACE "template <(QSeamstress[A-Za-z:]*|std::derived_from<[A-Za-z]*>) " "template <class " text "${text}")
    string(REGEX REPLACE "\n *requires std::[^\n]*" "" text "${text}")
    file(WRITE ${DESTINATION}/${header} "${text}")
    string(APPEND includes "#include \"${header}\"\n")
endforeach()
# The module header of qdoc, which finds functions only in headers that this one includes.
file(WRITE ${DESTINATION}/qseamstressmodule.h "${includes}")
