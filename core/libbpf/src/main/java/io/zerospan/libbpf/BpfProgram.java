package io.zerospan.libbpf;

import jnr.ffi.Pointer;

/** A program of an open object; it lives as long as its object. */
public final class BpfProgram {
    private final BpfObject object;
    private final Pointer handle;
    private final String name;
    private boolean uprobeMulti;

    BpfProgram(BpfObject object, Pointer handle, String name) {
        this.object = object;
        this.handle = handle;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The loaded program's file descriptor; it belongs to the object. */
    public int fd() {
        int fd = object.lib().functions().bpf_program__fd(handle());
        if (fd < 0) {
            throw new IllegalStateException(this + " is not loaded; load the object with this program switched on");
        }
        return fd;
    }

    /** Its runs up to now, as far as somebody had them counted, see {@link RunStatistics}. */
    public ProgramRuns runs() throws BpfException {
        return ProgramRuns.of(object.lib(), this);
    }

    /** True if it was prepared for uprobe_multi before the load; the kernel then refuses any other way to attach. */
    public boolean uprobeMulti() {
        return uprobeMulti;
    }

    void prepareUprobeMulti() {
        uprobeMulti = true;
    }

    Pointer handle() {
        object.requireOpen();
        return handle;
    }

    @Override
    public String toString() {
        return object.name() + ": program " + name;
    }
}
