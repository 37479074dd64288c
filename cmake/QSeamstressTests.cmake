# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# qseamstress_add_ctest(name command...)
#
# Like add_test(). The label of the test is its folder in autotests, or its top-level folder otherwise (examples, docs). The test runs
# in a UTF-8 locale, since Qt 6.11 warns about any other, and without a screen.
function(qseamstress_add_ctest name)
    file(RELATIVE_PATH label ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    string(REGEX REPLACE "^autotests/" "" label ${label})
    string(REGEX REPLACE "/.*" "" label ${label})
    add_test(NAME ${name} COMMAND ${ARGN})
    set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 600
        ENVIRONMENT_MODIFICATION "LC_ALL=set:C.UTF-8;QT_QPA_PLATFORM=set:offscreen")
endfunction()

# qseamstress_add_test(name SOURCES file... [LIBRARIES target...] [PROGRAMS target...] [ARGUMENTS argument...] [MAY_BE_SKIPPED])
#
# Adds a QTest program that ctest runs with ARGUMENTS. PROGRAMS are programs that the test starts; the macro <PROGRAM_IN_CAPITALS>_PATH
# holds the path of each. With MAY_BE_SKIPPED, ctest reports the test as skipped, not as passed, if its initTestCase() skips.
function(qseamstress_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "MAY_BE_SKIPPED" "" "SOURCES;LIBRARIES;PROGRAMS;ARGUMENTS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "qseamstress_add_test: unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    add_executable(${name} ${arg_SOURCES})
    qseamstress_use_moc(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE QSeamstress::QSeamstress ${arg_LIBRARIES})
    qseamstress_enable_warnings(${name})
    if(NOT arg_LIBRARIES MATCHES "(Gui|Network|Quick|Widgets)") # with these, Qt Test's headers contain more code
        qseamstress_use_precompiled_headers(${name})
    endif()
    foreach(program IN LISTS arg_PROGRAMS)
        add_dependencies(${name} ${program})
        string(TOUPPER ${program} macro)
        target_compile_definitions(${name} PRIVATE ${macro}_PATH="$<TARGET_FILE:${program}>")
    endforeach()
    qseamstress_add_ctest(${name} ${name} ${arg_ARGUMENTS})
    if(arg_MAY_BE_SKIPPED)
        set_tests_properties(${name} PROPERTIES SKIP_REGULAR_EXPRESSION "SKIP   : [A-Za-z]+::initTestCase")
    endif()
endfunction()

# qseamstress_use_moc(target source...)
#
# A replacement for AUTOMOC, which starts CMake and the compiler for each program. Looks for Q_OBJECT in sources that include name.moc,
# and in headers that are listed among the sources or are next to one of them.
function(qseamstress_use_moc target)
    set(directory ${CMAKE_CURRENT_BINARY_DIR}/${target}_moc)
    set(headers)
    foreach(source IN LISTS ARGN)
        cmake_path(ABSOLUTE_PATH source)
        cmake_path(GET source STEM name)
        file(STRINGS ${source} includes REGEX "^#include \"${name}\\.moc\"")
        if(includes)
            qt_generate_moc(${source} ${directory}/${name}.moc TARGET ${target})
            target_sources(${target} PRIVATE ${directory}/${name}.moc)
            target_include_directories(${target} PRIVATE ${directory})
        endif()
        cmake_path(REPLACE_EXTENSION source LAST_ONLY .h)
        list(APPEND headers ${source})
    endforeach()
    list(REMOVE_DUPLICATES headers)
    foreach(header IN LISTS headers)
        set(macros)
        if(EXISTS ${header})
            file(STRINGS ${header} macros REGEX "Q_OBJECT|Q_GADGET")
        endif()
        if(macros)
            cmake_path(GET header STEM name)
            qt_generate_moc(${header} ${directory}/moc_${name}.cpp TARGET ${target})
            target_sources(${target} PRIVATE ${directory}/moc_${name}.cpp)
        endif()
    endforeach()
endfunction()

# qseamstress_add_tests(name... [LIBRARIES target...] [PROGRAMS target...])
#
# Calls qseamstress_add_test() for each name, with the source name.cpp.
function(qseamstress_add_tests)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "LIBRARIES;PROGRAMS")
    foreach(name IN LISTS arg_UNPARSED_ARGUMENTS)
        qseamstress_add_test(${name} SOURCES ${name}.cpp LIBRARIES ${arg_LIBRARIES} PROGRAMS ${arg_PROGRAMS})
    endforeach()
endfunction()

# For QFINDTESTDATA, Qt Test defines macros that differ between directories (QT_TESTCASE_SOURCEDIR). This project does not use it, and
# without these macros, the headers of Qt Test can be compiled once.
set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)

# Compiles headers once for all tests, since parsing them is most of the compile time of a test.
if(QSEAMSTRESS_BUILD_TESTS)
    set(source ${PROJECT_BINARY_DIR}/precompiled_headers.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "" @ONLY)
    add_library(precompiled_headers OBJECT ${source})
    target_link_libraries(precompiled_headers PRIVATE QSeamstress::QSeamstress)
    qseamstress_enable_warnings(precompiled_headers)
    target_precompile_headers(precompiled_headers PRIVATE <QSeamstressExplorer> <QSeamstressProcess> <QSeamstressTask> <QSeamstressTest>
        <QSeamstressThread> <QCoreApplication> <QProcess> <QRegularExpression> <QSignalSpy> <QTemporaryDir> <QTest> <QThread> <algorithm>
        <atomic> <chrono> <functional> <memory> <semaphore> <stdexcept> <vector>)
endif()

# qseamstress_use_precompiled_headers(target)
#
# Includes these headers in each file of a target that links QSeamstress.
function(qseamstress_use_precompiled_headers target)
    if(NOT TARGET precompiled_headers)
        return()
    endif()
    target_precompile_headers(${target} REUSE_FROM precompiled_headers)
endfunction()

# qseamstress_run_by_qprocess(test...)
#
# Runs these tests a second time without a fork server, so that QProcess starts each process.
function(qseamstress_run_by_qprocess)
    if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux")
        return() # QProcess is the only way there
    endif()
    foreach(name IN LISTS ARGN)
        get_test_property(${name} ENVIRONMENT environment)
        if(NOT environment)
            set(environment "")
        endif()
        qseamstress_add_ctest(${name}_by_qprocess ${name})
        set_tests_properties(${name}_by_qprocess PROPERTIES ENVIRONMENT "${environment};QSEAMSTRESS_FORK_SERVER=0")
    endforeach()
endfunction()
