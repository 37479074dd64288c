# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# Compiles SOURCE. With TEXT, that must fail with output that matches TEXT; without TEXT, it must succeed.
list(TRANSFORM FLAGS PREPEND -I)
list(TRANSFORM DEFINITIONS PREPEND -D)
execute_process(COMMAND ${COMPILER} ${STANDARD} ${SYNTAX_ONLY} -fPIC ${FLAGS} ${DEFINITIONS} ${SOURCE}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(TEXT STREQUAL "")
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${SOURCE} should compile:\n${output}")
    endif()
elseif(result EQUAL 0)
    message(FATAL_ERROR "${SOURCE} should not compile")
elseif(NOT output MATCHES "${TEXT}")
    message(FATAL_ERROR "The output of the compiler does not match \"${TEXT}\":\n${output}")
endif()
