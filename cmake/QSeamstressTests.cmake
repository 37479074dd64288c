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
    qseamstress_use_precompiled_headers(${name})
    foreach(program IN LISTS arg_PROGRAMS)
        add_dependencies(${name} ${program})
        string(TOUPPER ${program} macro)
        target_compile_definitions(${name} PRIVATE ${macro}_PATH="$<TARGET_FILE:${program}>")
    endforeach()
    add_test(NAME ${name} COMMAND ${name} ${arg_ARGUMENTS})
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600)
endfunction()

# Headers that are compiled once for all tests: reading them is most of what a test costs. Those of Qt Test are not among them, since
# its macros differ from directory to directory (QT_TESTCASE_SOURCEDIR).
set(source ${PROJECT_BINARY_DIR}/precompiled_headers.cpp)
file(CONFIGURE OUTPUT ${source} CONTENT "" @ONLY)
add_library(precompiled_headers OBJECT ${source})
target_compile_features(precompiled_headers PRIVATE cxx_std_20)
target_compile_definitions(precompiled_headers PRIVATE $<FILTER:$<TARGET_PROPERTY:QSeamstress,INTERFACE_COMPILE_DEFINITIONS>,EXCLUDE,QT_TEST>)
target_include_directories(precompiled_headers PRIVATE $<TARGET_PROPERTY:QSeamstress,INTERFACE_INCLUDE_DIRECTORIES>)
target_link_libraries(precompiled_headers PRIVATE Qt6::Core)
qseamstress_enable_warnings(precompiled_headers)
target_precompile_headers(precompiled_headers PRIVATE <QSeamstressExplorer> <QSeamstressProcess> <QSeamstressTask> <QSeamstressThread>
    <QCoreApplication> <QProcess> <QRegularExpression> <QTemporaryDir> <QThread> <algorithm> <atomic> <chrono> <functional> <memory>
    <semaphore> <stdexcept> <vector>)

# qseamstress_use_precompiled_headers(target)
#
# Includes them in each file of a target that links QSeamstress.
function(qseamstress_use_precompiled_headers target)
    target_precompile_headers(${target} REUSE_FROM precompiled_headers)
    # Empty for most: the headers would be all that it costs.
    set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${target}_autogen/mocs_compilation.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
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
