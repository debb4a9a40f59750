package io.zerospan.libbpf;

import io.zerospan.libbpf.ffi.LibbpfFunctions;
import io.zerospan.libbpf.ffi.LibcFunctions;
import java.nio.charset.StandardCharsets;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * Receives all that libbpf would print on stderr. libbpf has one print function for the whole process and calls it on
 * the thread that called libbpf, so what one thread records is exactly what its own calls said.
 */
final class NativeLog implements LibbpfFunctions.Print {
    /** libbpf's debug level; thousands of lines an object, and none that explains a failure. */
    private static final int DEBUG = 2;

    /** A verifier log can be 16 MB; its end, where the reason stands, is always kept. */
    static final int MAX_CHARACTERS = 1 << 20;

    private final LibcFunctions libc;
    private final Runtime runtime;
    // Not static: this object lives as long as the process, and one library's log is no business of another's.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable StringBuilder> recording = new ThreadLocal<>();

    NativeLog(LibcFunctions libc, Runtime runtime) {
        this.libc = libc;
        this.runtime = runtime;
    }

    /** From now on until {@link #end} what this thread's calls print is kept; outside it is dropped. */
    void begin() {
        recording.set(new StringBuilder());
    }

    String end() {
        StringBuilder text = recording.get();
        recording.remove();
        return text == null ? "" : text.toString();
    }

    @Override
    public int print(int level, Pointer format, Pointer arguments) {
        try {
            StringBuilder text = recording.get();
            if (text != null && level < DEBUG) {
                append(text, format(format, arguments));
            }
        } catch (Throwable e) {
            // An exception must not cross the native frames below; the message it hides is lost, the error code is not.
            return 0;
        }
        return 0;
    }

    private String format(Pointer format, Pointer arguments) {
        Pointer result = Memory.allocateDirect(runtime, runtime.addressSize(), true);
        int length = libc.vasprintf(result, format, arguments);
        Pointer text = length < 0 ? null : result.getPointer(0);
        if (text == null) {
            return "";
        }
        try {
            byte[] bytes = new byte[length];
            text.get(0, bytes, 0, length);
            return new String(bytes, StandardCharsets.UTF_8);
        } finally {
            libc.free(text);
        }
    }

    private static void append(StringBuilder text, String message) {
        text.append(message);
        if (text.length() > MAX_CHARACTERS) {
            text.delete(0, text.length() - MAX_CHARACTERS);
        }
    }
}
