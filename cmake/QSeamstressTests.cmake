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
    get_property(precompiled DIRECTORY PROPERTY precompiled_tests)
    if(precompiled)
        target_precompile_headers(${name} REUSE_FROM ${precompiled})
        # Some tests are built with other macros, which their compiler then says of the precompiled headers, and does without.
        set_target_properties(${name} PROPERTIES PCH_WARN_INVALID OFF)
    endif()
    foreach(program IN LISTS arg_PROGRAMS)
        add_dependencies(${name} ${program})
        string(TOUPPER ${program} macro)
        target_compile_definitions(${name} PRIVATE ${macro}_PATH="$<TARGET_FILE:${program}>")
    endforeach()
    add_test(NAME ${name} COMMAND ${name} ${arg_ARGUMENTS})
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600)
endfunction()

# qseamstress_precompile_tests(header...)
#
# Compiles headers only once for all the tests that are added after this, in this directory: reading them is most of what a test
# costs. Not for others, since they have other macros (QT_TESTCASE_SOURCEDIR).
function(qseamstress_precompile_tests)
    string(MD5 id "${CMAKE_CURRENT_SOURCE_DIR}")
    set(target precompiled_tests_${id})
    set(source ${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "" @ONLY)
    add_library(${target} OBJECT ${source})
    target_link_libraries(${target} PRIVATE QSeamstress::QSeamstress)
    qseamstress_enable_warnings(${target})
    target_precompile_headers(${target} PRIVATE ${ARGN})
    set_property(DIRECTORY PROPERTY precompiled_tests ${target})
endfunction()

# qseamstress_run_by_qprocess(test...)
#
# Runs these tests once more without a fork server, so that each process is started by QProcess.
function(qseamstress_run_by_qprocess)
    if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
        return() # there is no other way
    endif()
    foreach(name IN LISTS ARGN)
        get_test_property(${name} ENVIRONMENT environment)
        if(NOT environment)
            set(environment "")
        endif()
        add_test(NAME ${name}_by_qprocess COMMAND ${name})
        set_tests_properties(${name}_by_qprocess PROPERTIES ENVIRONMENT "${environment};QSEAMSTRESS_FORK_SERVER=0" TIMEOUT 600)
    endforeach()
endfunction()
