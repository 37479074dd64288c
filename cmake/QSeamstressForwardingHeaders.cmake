# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# qseamstress_add_forwarding_headers(DESTINATION dir CLASSES class...)
#
# Generates dir/QSeamstress/<class> for each class, a header that includes <class>.h in lower case, so that users can include
# <QSeamstressThread> or <QSeamstress/QSeamstressThread>. Also appends the classes to the global property QSEAMSTRESS_CLASSES.
function(qseamstress_add_forwarding_headers)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "DESTINATION" "CLASSES")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "qseamstress_add_forwarding_headers: unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    set_property(GLOBAL APPEND PROPERTY QSEAMSTRESS_CLASSES ${arg_CLASSES})
    foreach(class IN LISTS arg_CLASSES)
        string(TOLOWER ${class} header)
        file(CONFIGURE OUTPUT ${arg_DESTINATION}/QSeamstress/${class} CONTENT "#include \"${header}.h\"\n" @ONLY)
    endforeach()
endfunction()
