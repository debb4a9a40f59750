package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Goes the way of one span without a kernel, so that the classes on it are in the archive that a start is made from.
 * Needs no rights.
 */
public final class Rehearsal {
    private static final byte SERVER = 2;

    private Rehearsal() {}

    public static void run(List<TraceEngine.Feed> receivers) throws ComponentException {
        try {
            LibBpf lib = LibBpf.load();
            KernelFeatures.probe(lib);
            Targets targets = new Targets(List.of());
            ProcessTable processes =
                    new ProcessTable(new ProcessResource("localhost"), targets, pid -> {}, PidHolder::of);
            EventSources sources = new EventSources();
            Executable executable = new Executable(
                    0, new ExecutableId(0, 0, 0, 0), "/rehearsal", "go1.26", new Executable.TypeNames(address -> ""));
            EventDecoder decoder = new EventDecoder(new KernelClock(0, 0));
            for (ProbeSet.Probe probe : ProbeSet.read(lib, receivers)) {
                EventSource source = sources.add(probe, executable);
                ByteBuffer record = record();
                int pid = (int) ProcessHandle.current().pid();
                EventDecoder.checkHeader(record, 0, Wire.EVENT_BYTES);
                decoder.decode(record, 0, Wire.EVENT_BYTES, source, processes.resource(pid, 1, executable));
            }
        } catch (BpfException | DecodeException e) {
            throw new ComponentException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ByteBuffer record() {
        return ByteBuffer.allocate(Wire.EVENT_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort(Wire.AT_ABI, (short) Wire.ABI)
                .putInt(Wire.AT_LENGTH, Wire.EVENT_BYTES)
                .put(Wire.AT_KIND, SERVER)
                .putLong(Wire.AT_TRACE_ID, 1)
                .putLong(Wire.AT_SPAN_ID, 1);
    }
}
