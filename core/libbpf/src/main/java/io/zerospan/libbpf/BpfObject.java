package io.zerospan.libbpf;

import io.zerospan.libbpf.ffi.LibbpfFunctions;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A compiled BPF object: opened, its maps shared and constants set, then loaded. For one thread at a time. Close the
 * links to its programs first.
 */
public final class BpfObject implements AutoCloseable {
    /** {@code struct bpf_object_open_opts} up to its second member, the name. */
    private static final int OPEN_OPTIONS_BYTES = 16;

    /** {@code F_DUPFD_CLOEXEC}. */
    private static final int DUPLICATE_CLOSE_ON_EXEC = 1030;

    private final LibBpf lib;
    private final String name;
    private final Pointer handle;
    private final ProbeTags tags;
    private final Constants constants;
    private final Map<String, Pointer> maps = new LinkedHashMap<>();
    private final Map<String, BpfProgram> programs = new LinkedHashMap<>();
    private boolean loaded;
    private boolean closed;

    private BpfObject(LibBpf lib, String name, Pointer handle, ProbeTags tags, Constants constants) {
        this.lib = lib;
        this.name = name;
        this.handle = handle;
        this.tags = tags;
        this.constants = constants;
    }

    /** Reads an object; needs no rights. The name stands in every error and, shortened, in the kernel's lists. */
    public static BpfObject open(LibBpf lib, String name, byte[] elf) throws BpfException {
        String objection = ObjectHeader.objection(elf);
        if (!objection.isEmpty()) {
            throw new BpfException(name + ": open the object (" + elf.length + " bytes): " + objection
                    + "; compile it with clang -O2 -g -target bpf -c");
        }
        Pointer bytes = lib.copy(elf);
        lib.log().begin();
        Pointer handle = openMemory(lib, name, bytes, elf.length);
        int errno = lib.errno();
        String log = lib.log().end();
        if (handle == null) {
            throw new BpfException(
                    name + ": open the object (" + elf.length + " bytes): " + LoadFailure.lastLine(log, errno)
                            + "; compile it with clang -O2 -g -target bpf -c",
                    log);
        }
        try {
            Btf btf = btf(lib, handle);
            BpfObject object = new BpfObject(lib, name, handle, ProbeTags.of(btf), Constants.of(btf));
            object.collect();
            return object;
        } catch (BpfException e) {
            lib.functions().bpf_object__close(handle);
            throw new BpfException(name + ": " + e.getMessage(), log);
        }
    }

    private static @Nullable Pointer openMemory(LibBpf lib, String name, Pointer elf, long length) {
        // Without a name libbpf takes the address of the bytes, and .rodata would be called 7f60003f.rodata.
        Pointer text = lib.copyText(name.getBytes(StandardCharsets.UTF_8));
        try {
            Pointer options = lib.allocate(OPEN_OPTIONS_BYTES);
            options.putLong(0, OPEN_OPTIONS_BYTES);
            options.putAddress(8, text.address());
            return lib.functions().bpf_object__open_mem(elf, length, options);
        } finally {
            Reference.reachabilityFence(text);
        }
    }

    private static Btf btf(LibBpf lib, Pointer handle) throws BpfException {
        Pointer btf = lib.functions().bpf_object__btf(handle);
        Pointer size = lib.allocate(Integer.BYTES);
        Pointer raw = btf == null ? null : lib.functions().btf__raw_data(btf, size);
        if (raw == null) {
            throw Btf.broken("there is none");
        }
        byte[] bytes = new byte[size.getInt(0)];
        raw.get(0, bytes, 0, bytes.length);
        return Btf.parse(bytes);
    }

    private void collect() {
        LibbpfFunctions libbpf = lib.functions();
        each(libbpf::bpf_object__next_map, map -> maps.put(libbpf.bpf_map__name(map), map));
        each(libbpf::bpf_object__next_program, program -> {
            String programName = libbpf.bpf_program__name(program);
            programs.put(programName, new BpfProgram(this, program, programName));
        });
    }

    private void each(BinaryOperator<@Nullable Pointer> next, Consumer<Pointer> consumer) {
        for (Pointer item = next.apply(handle, null); item != null; item = next.apply(handle, item)) {
            consumer.accept(item);
        }
    }

    public String name() {
        return name;
    }

    LibBpf lib() {
        return lib;
    }

    /** What the object declares about itself in its BTF. */
    public ProbeTags tags() {
        return tags;
    }

    public List<String> maps() {
        return List.copyOf(maps.keySet());
    }

    public List<String> programs() {
        return List.copyOf(programs.keySet());
    }

    /** Makes the object use a map that exists, once it is sure that both mean the same bytes: libbpf does not look. */
    public void reuse(String map, BpfMap shared) throws BpfException {
        Pointer own = find(map);
        requireBeforeLoad("share map " + map);
        checkShape(map, own, shared.shape());
        int error = lib.functions().bpf_map__reuse_fd(own, shared.fd());
        if (error < 0) {
            throw new BpfException(name + ": share map " + map + ": " + Errno.text(error) + "; "
                    + Errno.advice(error, "is the host's map still open?"));
        }
    }

    /** Refuses a map of this object that means other bytes than the host's map of the same name. */
    public void checkShape(MapShape host) throws BpfException {
        checkShape(host.name(), find(host.name()), host);
    }

    private void checkShape(String map, Pointer own, MapShape host) throws BpfException {
        Optional<String> difference = MapShape.of(lib.functions(), map, own).differenceTo(host);
        if (difference.isPresent()) {
            throw new BpfException(
                    name + ": map " + map + " " + difference.get() + "; rebuild the probe against this host's header");
        }
    }

    /** A map of this object after the load, with a file descriptor of its own: it stays open when the object closes. */
    public BpfMap map(String map) throws BpfException {
        Pointer own = find(map);
        int fd = lib.functions().bpf_map__fd(own);
        int copy = fd < 0 ? fd : lib.libc().fcntl(fd, DUPLICATE_CLOSE_ON_EXEC, 3);
        if (copy < 0) {
            throw new BpfException(name + ": use map " + map + ": "
                    + (fd < 0 ? "it does not exist yet; load the object first" : Errno.text(lib.errno())));
        }
        return new BpfMap(lib, copy, MapShape.of(lib.functions(), map, own));
    }

    public boolean hasVariable(String variable) {
        return constants.find(variable) != null;
    }

    /** Bytes of a {@code const volatile} variable. */
    public int variableSize(String variable) {
        return constant(variable).size();
    }

    /** Sets an integer, enumeration or bool before the load; what does not fit is refused. */
    public void setConstant(String variable, long value) throws BpfException {
        try {
            write(constant(variable), constants.encode(constant(variable), value));
        } catch (BpfException e) {
            throw new BpfException(name + ": " + e.getMessage());
        }
    }

    /** Sets a variable of any type before the load by all its bytes. */
    public void setConstant(String variable, byte[] value) throws BpfException {
        Constants.Variable constant = constant(variable);
        if (value.length != constant.size()) {
            throw new BpfException(name + ": constant " + variable + " has " + constant.size()
                    + " bytes, the value has " + value.length + "; rebuild the probe against this host's header");
        }
        write(constant, value);
    }

    private void write(Constants.Variable constant, byte[] value) throws BpfException {
        requireBeforeLoad("set constant " + constant.name());
        Pointer size = lib.allocate(Long.BYTES);
        Pointer section = lib.functions().bpf_object__find_map_by_name(handle, constant.section());
        Pointer memory = section == null ? null : lib.functions().bpf_map__initial_value(section, size);
        if (memory == null || constant.offset() + (long) value.length > size.getLong(0)) {
            throw new BpfException(name + ": constant " + constant.name() + " lies outside of " + constant.section()
                    + "; compile the probe again");
        }
        memory.put(constant.offset(), value, 0, value.length);
    }

    /** Whether a program is loaded; by default all are whose section says so. */
    public void autoload(String program, boolean on) {
        requireBeforeLoad("switch program " + program);
        lib.functions().bpf_program__set_autoload(program(program).handle(), on);
    }

    /** Prepares a program for one link to many offsets; only where {@link KernelFeatures#uprobeMulti} says so. */
    public void useUprobeMulti(String program) {
        requireBeforeLoad("prepare program " + program);
        BpfProgram chosen = program(program);
        lib.functions().bpf_program__set_expected_attach_type(chosen.handle(), BpfSyscall.UPROBE_MULTI);
        chosen.prepareUprobeMulti();
    }

    /**
     * Takes the tail calls out that are never made and only keep a program off a stack of the CPU's own, see
     * zs_keep_kernel_stack: where {@link KernelFeatures#privateStacks} is false they are of no use, and old kernels on arm64
     * refuse them beside functions.
     */
    public void takeOutTailCalls() {
        requireBeforeLoad("change programs");
        programs.values().forEach(BpfProgram::takeOutTailCalls);
    }

    /** Gives the programs to the kernel; the error names the verifier's reason. Can be tried once. */
    public void load() throws BpfException {
        requireBeforeLoad("load");
        loaded = true;
        lib.log().begin();
        int error = lib.functions().bpf_object__load(handle);
        String log = lib.log().end();
        if (error < 0) {
            throw LoadFailure.of(name, error, log);
        }
    }

    public BpfProgram program(String program) {
        BpfProgram found = programs.get(program);
        if (found == null) {
            throw new IllegalArgumentException(
                    name + ": there is no program " + program + ", only " + programs.keySet());
        }
        return found;
    }

    private Pointer find(String map) {
        requireOpen();
        Pointer found = maps.get(map);
        if (found == null) {
            throw new IllegalArgumentException(name + ": there is no map " + map + ", only " + maps.keySet());
        }
        return found;
    }

    private Constants.Variable constant(String variable) {
        Constants.Variable found = constants.find(variable);
        if (found == null) {
            throw new IllegalArgumentException(name + ": there is no constant " + variable);
        }
        return found;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
    }

    private void requireBeforeLoad(String what) {
        requireOpen();
        if (loaded) {
            throw new IllegalStateException(name + ": " + what + ": the object is loaded already");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lib.functions().bpf_object__close(handle);
        }
    }
}
