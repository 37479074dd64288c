# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# qseamstress_add_test(name SOURCES file... [LIBRARIES target...] [PROGRAMS target...] [ARGUMENTS argument...]
#                      [LABELS label...])
#
# A QTest program of this project, run by ctest with ARGUMENTS. Of each of PROGRAMS, which it starts, the path is in the macro
# <PROGRAM_IN_CAPITALS>_PATH.
function(qseamstress_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;PROGRAMS;ARGUMENTS;LABELS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "qseamstress_add_test: unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE QSeamstress::QSeamstress ${arg_LIBRARIES})
    qseamstress_enable_warnings(${name})
    foreach(program IN LISTS arg_PROGRAMS)
        add_dependencies(${name} ${program})
        string(TOUPPER ${program} macro)
        target_compile_definitions(${name} PRIVATE ${macro}_PATH="$<TARGET_FILE:${program}>")
    endforeach()
    add_test(NAME ${name} COMMAND ${name} ${arg_ARGUMENTS})
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600)
endfunction()
