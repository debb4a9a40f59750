package io.zerospan.libbpf;

import io.zerospan.libbpf.ffi.LibbpfFunctions;
import io.zerospan.libbpf.ffi.LibcFunctions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** The loaded libbpf. Everything else in this package takes it as proof that the library is there. */
public final class LibBpf {
    private static final String SONAME = "libbpf.so.1";

    /** Debian 12's; 1.0 lacks fixes for maps shared between objects, and nothing that is still supported ships it. */
    private static final int OLDEST_MINOR = 1;

    /**
     * One loaded library per name, never unloaded: libbpf keeps the address of our print function for the life of the
     * process, so its Java side must live as long.
     */
    private static final Map<String, LibBpf> LOADED = new ConcurrentHashMap<>();

    private final LibbpfFunctions functions;
    private final LibcFunctions libc;
    private final Runtime runtime;
    private final NativeLog log;

    private LibBpf(LibbpfFunctions functions, LibcFunctions libc) {
        this.functions = functions;
        this.libc = libc;
        this.runtime = Runtime.getRuntime(functions);
        this.log = new NativeLog(libc, runtime);
    }

    /** Loads libbpf.so.1, of version 1.1 or newer. */
    public static LibBpf load() throws BpfException {
        return load(SONAME);
    }

    static LibBpf load(String soname) throws BpfException {
        LibBpf known = LOADED.get(soname);
        if (known != null) {
            return known;
        }
        synchronized (LOADED) {
            known = LOADED.get(soname);
            if (known == null) {
                known = loadFirst(soname);
                LOADED.put(soname, known);
            }
            return known;
        }
    }

    private static LibBpf loadFirst(String soname) throws BpfException {
        LibBpf lib;
        boolean supported;
        try {
            lib = new LibBpf(
                    LibraryLoader.create(LibbpfFunctions.class)
                            .failImmediately()
                            .load(soname),
                    LibraryLoader.create(LibcFunctions.class).failImmediately().load("c"));
            // The first call of each function looks it up, so a library that is none of libbpf 1.x fails here too.
            supported =
                    lib.functions.libbpf_major_version() == 1 && lib.functions.libbpf_minor_version() >= OLDEST_MINOR;
        } catch (LinkageError e) {
            throw new BpfException(
                    "load " + soname + ": the library was not found; install libbpf 1.1 or newer"
                            + " (Debian, Ubuntu: package libbpf1 or libbpf-dev; Fedora, RHEL: libbpf)",
                    String.valueOf(e.getMessage()));
        }
        if (!supported) {
            throw new BpfException("load " + soname + ": libbpf " + lib.version()
                    + " is not supported; install libbpf 1.1 or newer (package libbpf1 or libbpf)");
        }
        lib.functions.libbpf_set_print(lib.log);
        return lib;
    }

    /** As libbpf tells it, for example {@code v1.1}. */
    public String version() {
        return functions.libbpf_version_string();
    }

    LibbpfFunctions functions() {
        return functions;
    }

    LibcFunctions libc() {
        return libc;
    }

    Runtime runtime() {
        return runtime;
    }

    NativeLog log() {
        return log;
    }

    /** The errno of this thread's last native call. */
    int errno() {
        return runtime.getLastError();
    }

    /** Zeroed native memory; the caller keeps the reference for as long as C may look at it. */
    Pointer allocate(int bytes) {
        return Memory.allocateDirect(runtime, Math.max(bytes, 1), true);
    }

    Pointer copy(byte[] bytes) {
        Pointer memory = allocate(bytes.length);
        memory.put(0, bytes, 0, bytes.length);
        return memory;
    }

    Pointer copy(long[] values) {
        Pointer memory = allocate(Math.multiplyExact(values.length, Long.BYTES));
        memory.put(0, values, 0, values.length);
        return memory;
    }

    /** Text with the zero at its end. */
    Pointer copyText(byte[] text) {
        Pointer memory = allocate(text.length + 1);
        memory.put(0, text, 0, text.length);
        return memory;
    }
}
