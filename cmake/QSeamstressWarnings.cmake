# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# qseamstress_enable_warnings(target...)
#
# Enables the compiler warnings of this project for its own targets. With QSEAMSTRESS_STRICT, warnings are errors.
function(qseamstress_enable_warnings)
    foreach(target IN LISTS ARGN)
        if(MSVC)
            target_compile_options(${target} PRIVATE /W4 $<$<BOOL:${QSEAMSTRESS_STRICT}>:/WX>)
        else()
            target_compile_options(${target} PRIVATE -Wall -Wextra -Wnon-virtual-dtor -Woverloaded-virtual
                $<$<BOOL:${QSEAMSTRESS_STRICT}>:-Werror>)
        endif()
    endforeach()
endfunction()
