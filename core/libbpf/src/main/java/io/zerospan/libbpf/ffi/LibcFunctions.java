package io.zerospan.libbpf.ffi;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.IgnoreError;
import org.jspecify.annotations.Nullable;

/** The functions of the C library that are used. Not an API. */
public interface LibcFunctions {
    /** bpf(2) has no wrapper in the C library; every argument is passed as a register-wide integer. */
    long syscall(long number, long command, @Nullable Pointer attributes, long size);

    int open(String path, int flags);

    int getsockopt(int fd, int level, int option, Pointer value, Pointer length);

    int getsockname(int fd, Pointer address, Pointer length);

    int close(int fd);

    int name_to_handle_at(int folder, String path, Pointer handle, Pointer mount, int flags);

    int fcntl(int fd, int command, int argument);

    /**
     * The address is a Pointer although it is always null: jnr-ffi 2.3.4 calls functions of numbers alone by a stub that
     * hands garbage to the sixth parameter.
     */
    long mmap(@Nullable Pointer address, long length, int protection, int flags, int fd, long offset);

    int munmap(long address, long length);

    /** Formats a va_list of any length; the result is to be freed. */
    @IgnoreError
    int vasprintf(Pointer result, Pointer format, Pointer arguments);

    @IgnoreError
    void free(Pointer memory);

    @IgnoreError
    int getpagesize();
}
