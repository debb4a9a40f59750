package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfLink;
import io.zerospan.libbpf.BpfMap;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.ForeignSockets;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.MapAccessException;
import io.zerospan.libbpf.SocketPrograms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's programs that write headers at the socket, see {@code bpf/probes/socket.bpf.c}: attached to the cgroups of
 * traced processes alone, and never to the root, whose processes are everybody's. For one thread at a time.
 */
final class SocketWriter implements TracedProcesses, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketWriter.class);

    private static final byte[] TRACED = {1};

    private final BpfObject object;
    private final Path cgroups;
    private final SocketPrograms programs;
    private final ForeignSockets foreign;
    private final BpfMap sockets;
    private final BpfMap processes;
    private final Map<Path, BpfLink> links = new HashMap<>();
    /** Each process that is looked after, and its cgroup. */
    private final Map<Integer, Path> homes = new HashMap<>();
    /** Processes in the root cgroup. */
    private final Set<Integer> homeless = new HashSet<>();

    private SocketWriter(LibBpf lib, BpfObject object, Path cgroups) throws BpfException {
        this.object = object;
        this.cgroups = cgroups;
        this.programs = new SocketPrograms(lib);
        this.foreign = new ForeignSockets(lib);
        this.sockets = object.map("zs_sockets");
        this.processes = object.map("zs_socket_processes");
    }

    /** @param cgroups where cgroup v2 is mounted */
    static SocketWriter load(LibBpf lib, SharedMaps maps, Path cgroups) throws BpfException {
        BpfObject object = HostObject.open(lib, "socket");
        try {
            maps.shareWith(object);
            object.load();
            SocketWriter writer = new SocketWriter(lib, object, cgroups);
            writer.programs.attach(object.program("message_sent"), writer.sockets);
            return writer;
        } catch (BpfException e) {
            object.close();
            throw e;
        }
    }

    /** First those to come, then those that are open: none is missed between. */
    @Override
    public void began(int pid) {
        try {
            Path home = home(pid);
            if (home.equals(cgroups)) {
                leaveOut(pid);
                return;
            }
            processes.update(key(pid), TRACED);
            if (!links.containsKey(home)) {
                links.put(home, programs.attach(object.program("connection_opened"), home));
            }
            homes.put(pid, home);
            foreign.forEachOpened(pid, this::add);
        } catch (IOException e) {
            LOG.debug("cgroup of pid {}: {}", pid, e.getMessage()); // it has ended
        } catch (BpfException | MapAccessException e) {
            LOG.warn("requests of pid {} go out without headers: {}", pid, e.getMessage());
        }
    }

    /** Told once: a process that is traced is looked at now and then. */
    private void leaveOut(int pid) {
        if (homeless.add(pid)) {
            LOG.warn(
                    "requests of pid {} go out without headers: it runs in the root cgroup; start it in one of its own"
                            + " (systemd-run --scope, a service or a container)",
                    pid);
        }
    }

    /** Of the connections only established ones are taken; one that is already there stays. */
    private void add(long cookie, int fd) {
        try {
            sockets.update(
                    bytes(Long.BYTES).putLong(cookie).array(),
                    bytes(Long.BYTES).putLong(fd).array());
        } catch (MapAccessException e) {
            LOG.debug("a connection goes out without headers: {}", e.getMessage());
        }
    }

    @Override
    public void ended(int pid) {
        homeless.remove(pid);
        Path home = homes.remove(pid);
        if (home == null) {
            return;
        }
        processes.delete(key(pid));
        if (!homes.containsValue(home)) {
            BpfLink link = links.remove(home);
            if (link != null) {
                link.close();
            }
        }
    }

    private Path home(int pid) throws IOException {
        return cgroups.resolve(ProcFs.cgroup(pid).substring(1)).normalize();
    }

    private static byte[] key(int pid) {
        return bytes(Integer.BYTES).putInt(pid).array();
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    /** With the map go the programs: sockets send as ever from then on. */
    @Override
    public void close() {
        links.values().forEach(BpfLink::close);
        links.clear();
        sockets.close();
        processes.close();
        object.close();
    }
}
