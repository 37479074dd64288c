# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# Installs QSeamstress as a KIND library (or takes it by add_subdirectory() if KIND is subdirectory), then configures, builds and
# tests userproject/ against it, with a header named after each of CLASSES, a list separated by commas. The build in BINARY_DIR has a
# library of kind KIND_HERE; another kind is built in SCRATCH_DIR. LIBRARY_shared and LIBRARY_static are the file names, and VERSION is
# the version of the library.
set(prefix ${SCRATCH_DIR}/prefix)
# Without debugging information, which is not needed here.
set(common -G ${GENERATOR} -D CMAKE_BUILD_TYPE=Debug -D CMAKE_CXX_FLAGS_DEBUG=-O0 -D CMAKE_CXX_COMPILER=${COMPILER})

function(run)
    list(JOIN ARGN " " command)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    message("${output}")
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "failed: ${command}")
    endif()
endfunction()

file(REMOVE_RECURSE ${prefix} ${SCRATCH_DIR}/user ${SCRATCH_DIR}/qml)
if(KIND STREQUAL "subdirectory")
    set(user_options -D QSEAMSTRESS_SOURCE_DIR=${SOURCE_DIR} -D CMAKE_CXX_STANDARD=23) # also for the library
elseif(KIND STREQUAL KIND_HERE)
    run(${CMAKE_COMMAND} --install ${BINARY_DIR} --prefix ${prefix})
    set(user_options -D CMAKE_PREFIX_PATH=${prefix})
else()
    set(kind_option) # shared is the default
    if(KIND STREQUAL "static")
        set(kind_option -D BUILD_SHARED_LIBS=OFF)
    endif()
    run(${CMAKE_COMMAND} ${common} -S ${SOURCE_DIR} -B ${SCRATCH_DIR}/library ${kind_option}
        -D QSEAMSTRESS_BUILD_TESTS=OFF -D QSEAMSTRESS_BUILD_EXAMPLES=OFF)
    run(${CMAKE_COMMAND} --build ${SCRATCH_DIR}/library --parallel 2)
    run(${CMAKE_COMMAND} --install ${SCRATCH_DIR}/library --prefix ${prefix})
    set(user_options -D CMAKE_PREFIX_PATH=${prefix})
endif()

if(NOT KIND STREQUAL "subdirectory")
    # Each header in the include folder of the source tree is installed.
    file(GLOB headers RELATIVE ${SOURCE_DIR}/include/QSeamstress ${SOURCE_DIR}/include/QSeamstress/*.h)
    foreach(header IN LISTS headers)
        if(NOT EXISTS ${prefix}/include/QSeamstress/${header})
            message(FATAL_ERROR "not installed: ${header}")
        endif()
    endforeach()
    list(JOIN headers "," joined_headers) # a semicolon would split the argument
    list(APPEND user_options -D HEADERS=${joined_headers},${CLASSES})
endif()

run(${CMAKE_COMMAND} ${common} -S ${CMAKE_CURRENT_LIST_DIR}/userproject -B ${SCRATCH_DIR}/user ${user_options})
run(${CMAKE_COMMAND} --build ${SCRATCH_DIR}/user --parallel 2)
run(${CMAKE_CTEST_COMMAND} --test-dir ${SCRATCH_DIR}/user --output-on-failure --no-tests=error)

# A user's test in QML works with the installed library alone.
if(QML AND KIND STREQUAL "shared" AND KIND_HERE STREQUAL "shared")
    run(${CMAKE_COMMAND} ${common} -S ${CMAKE_CURRENT_LIST_DIR}/qmlproject -B ${SCRATCH_DIR}/qml ${user_options})
    run(${CMAKE_CTEST_COMMAND} --test-dir ${SCRATCH_DIR}/qml --output-on-failure --no-tests=error)
endif()

# There is a library of this kind, and none of the other kind. Shared is the default, also for a subdirectory of the user's project.
if(KIND STREQUAL "subdirectory")
    set(expected shared)
    set(place ${SCRATCH_DIR}/user)
else()
    set(expected ${KIND})
    set(place ${prefix})
endif()
file(GLOB_RECURSE found_shared ${place}/${LIBRARY_shared})
file(GLOB_RECURSE found_static ${place}/${LIBRARY_static})
if(NOT found_${expected} OR (found_shared AND found_static))
    message(FATAL_ERROR "expected one ${expected} library, but found: ${found_shared} ${found_static}")
endif()

# The soname contains the compatible versions: 0.1 or 1. find_package() rejects incompatible versions.
string(REGEX MATCH "^(0\\.)?[0-9]+" soversion ${VERSION})
if(KIND STREQUAL "shared")
    cmake_path(GET found_shared PARENT_PATH library_dir)
    file(READ_SYMLINK ${library_dir}/${LIBRARY_shared}.${soversion} library)
    if(NOT library STREQUAL "${LIBRARY_shared}.${VERSION}")
        message(FATAL_ERROR "${LIBRARY_shared}.${soversion} is ${library}")
    endif()
endif()
if(NOT KIND STREQUAL "subdirectory")
    file(GLOB package_dir ${prefix}/lib*/cmake/QSeamstress)
    foreach(other IN ITEMS 0.0 0.2 1.0)
        find_package(QSeamstress ${other} QUIET CONFIG PATHS ${package_dir} NO_DEFAULT_PATH)
        if(QSeamstress_FOUND OR NOT QSeamstress_CONSIDERED_VERSIONS STREQUAL VERSION)
            message(FATAL_ERROR "version ${other} should be considered and rejected: considered \"${QSeamstress_CONSIDERED_VERSIONS}\"")
        endif()
    endforeach()
endif()

# The user's build does not contain the tests and examples of QSeamstress.
file(GLOB_RECURSE foreign ${SCRATCH_DIR}/user/tst_contestedlock* ${SCRATCH_DIR}/user/tst_qseamstress*)
if(foreign)
    message(FATAL_ERROR "also built for the user: ${foreign}")
endif()
