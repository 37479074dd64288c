# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# qseamstress_enable_warnings(target...)
#
# The warnings that this project builds with, for its own targets only; errors with QSEAMSTRESS_STRICT.
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
