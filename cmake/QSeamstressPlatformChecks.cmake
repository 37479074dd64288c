# SPDX-FileCopyrightText: 2026 The QSeamstress developers
# SPDX-License-Identifier: MIT

# Checks for features that some C libraries or kernel headers lack. The library works without them. To override a result, set its
# variable, for example -D QSEAMSTRESS_HAS_MEMFD=OFF.
include(CheckCXXSourceCompiles)

set(QSEAMSTRESS_PLATFORM_CHECKS "")

# qseamstress_check(name code): sets QSEAMSTRESS_HAS_<name>. If the code does not compile, defines QSEAMSTRESS_WITHOUT_<name>.
macro(qseamstress_check name code)
    check_cxx_source_compiles("${code}" QSEAMSTRESS_HAS_${name})
    list(APPEND QSEAMSTRESS_PLATFORM_CHECKS ${name})
    if(NOT QSEAMSTRESS_HAS_${name})
        add_compile_definitions(QSEAMSTRESS_WITHOUT_${name})
    endif()
endmacro()

# Functions that are called with the exit code when the program ends.
qseamstress_check(ON_EXIT "
    #include <cstdlib>
    int main() { return on_exit([](int, void *) {}, nullptr); }")

if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    # Anonymous shared memory, for forked processes.
    qseamstress_check(MEMFD "
        #include <fcntl.h>
        #include <sys/mman.h>
        int main() { return fcntl(memfd_create(\"\", MFD_CLOEXEC | MFD_ALLOW_SEALING), F_ADD_SEALS, F_SEAL_SHRINK); }")
    # Process file descriptors, for the fork server.
    qseamstress_check(PIDFD "
        #include <sys/syscall.h>
        int main() { return SYS_pidfd_open + SYS_pidfd_send_signal; }")
    # Closes all open files in the fork server.
    qseamstress_check(CLOSE_RANGE "
        #include <sys/syscall.h>
        int main() { return SYS_close_range; }")
    # A mutex that stores its owner at the same offset as in glibc.
    qseamstress_check(OWNER_OF_MUTEX "
        #include <cstddef>
        #include <pthread.h>
        static_assert(offsetof(pthread_mutex_t, __data.__lock) == 0 && offsetof(pthread_mutex_t, __data.__owner) == 8);
        int main() { return 0; }")
    # The functions of the GNU C library that virtual time defines anew. The last of them, epoll_pwait2(), came with version 2.35.
    qseamstress_check(VIRTUAL_TIME "
        #include <sys/epoll.h>
        int main() { return __GLIBC__ + epoll_pwait2(-1, nullptr, 0, nullptr, nullptr); }")
endif()
