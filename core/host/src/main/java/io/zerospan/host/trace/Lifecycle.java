package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfLink;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.RawTracepoints;
import java.util.ArrayList;
import java.util.List;

/** The host's own two programs: they tell of new programs and of the end of traced processes. */
final class Lifecycle implements AutoCloseable {
    private final BpfObject object;
    private final List<BpfLink> links = new ArrayList<>();

    private Lifecycle(BpfObject object) {
        this.object = object;
    }

    static Lifecycle attach(LibBpf lib, SharedMaps maps) throws BpfException {
        Lifecycle lifecycle = new Lifecycle(HostObject.open(lib, "lifecycle"));
        try {
            maps.shareWith(lifecycle.object);
            lifecycle.object.load();
            RawTracepoints tracepoints = new RawTracepoints(lib);
            lifecycle.links.add(tracepoints.attach(lifecycle.object.program("process_exec"), "sched_process_exec"));
            lifecycle.links.add(tracepoints.attach(lifecycle.object.program("process_exit"), "sched_process_exit"));
            return lifecycle;
        } catch (BpfException e) {
            lifecycle.close();
            throw e;
        }
    }

    @Override
    public void close() {
        links.forEach(BpfLink::close);
        links.clear();
        object.close();
    }
}
