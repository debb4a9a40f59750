package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfLink;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the programs of an executable are attached: to the file, and so to every process that will ever map it, or to
 * chosen processes; in all others there is then no breakpoint. Used by one thread at a time.
 */
final class Reach {
    private static final Logger LOG = LoggerFactory.getLogger(Reach.class);

    /** The kernel's word for: every process that maps the file, later ones included. */
    static final int EVERY_PROCESS = -1;

    static final int FIRST_WAVE = 1;
    /** What the upper byte of an attach cookie holds; waves of long ago are detached. */
    private static final int LAST_WAVE = 255;

    /** Programs that can be attached. */
    interface Programs {
        /** All or nothing. What they do at a hit depends on {@link #act}. */
        List<BpfLink> attach(int pid, int wave) throws BpfException;

        /** From now on those of this wave act and no others, by one write: no hit is missed, and none counts twice. */
        void act(int wave) throws BpfException;
    }

    private final Programs programs;
    private final Detacher detacher;
    /** By pid; either that of every process alone, or any others. */
    private final Map<Integer, List<BpfLink>> links = new HashMap<>();

    private int wave = FIRST_WAVE;

    Reach(Programs programs, Detacher detacher) {
        this.programs = programs;
        this.detacher = detacher;
    }

    boolean everyProcess() {
        return links.containsKey(EVERY_PROCESS);
    }

    void extendToAll() throws BpfException {
        if (!everyProcess()) {
            change(List.of(EVERY_PROCESS));
        }
    }

    void extendTo(int pid) throws BpfException {
        if (!everyProcess() && !links.containsKey(pid)) {
            links.put(pid, new ArrayList<>(programs.attach(pid, wave)));
        }
    }

    /** From every process to these alone. What they have begun they go on with. */
    void narrowTo(Collection<Integer> pids) throws BpfException {
        change(pids);
    }

    private void change(Collection<Integer> pids) throws BpfException {
        int next = wave % LAST_WAVE + 1;
        Map<Integer, List<BpfLink>> fresh = new HashMap<>();
        try {
            for (int pid : pids) {
                attach(programs, pid, next, fresh);
            }
            programs.act(next);
        } catch (BpfException e) {
            fresh.values().forEach(detacher::detach);
            throw e;
        }
        wave = next;
        CompletableFuture<Void> detached = detach();
        links.putAll(fresh);
        detached.join();
    }

    /** Attaches more programs wherever the others are; they act at once if the others do. All or nothing. */
    void join(Programs more) throws BpfException {
        Map<Integer, List<BpfLink>> fresh = new HashMap<>();
        try {
            for (int pid : links.keySet()) {
                attach(more, pid, wave, fresh);
            }
        } catch (BpfException e) {
            fresh.values().forEach(detacher::detach);
            throw e;
        }
        fresh.forEach((pid, added) -> links.getOrDefault(pid, added).addAll(added));
    }

    /** Takes some of the programs out everywhere; the others go on. Returns when they are out. */
    void leave(Predicate<BpfLink> which) {
        List<BpfLink> out = new ArrayList<>();
        links.values().forEach(attached -> {
            attached.stream().filter(which).forEach(out::add);
            attached.removeIf(which);
        });
        detacher.detach(out).join();
    }

    /** One process of several may just have ended: the others are attached all the same. */
    private static void attach(Programs from, int pid, int next, Map<Integer, List<BpfLink>> fresh)
            throws BpfException {
        try {
            fresh.put(pid, new ArrayList<>(from.attach(pid, next)));
        } catch (BpfException e) {
            if (pid == EVERY_PROCESS) {
                throw e;
            }
            if (Files.exists(ProcFs.exe(pid))) { // gone as soon as it ends, though its pid may stay
                LOG.warn("{}", e.getMessage());
            }
        }
    }

    /** Takes the probes out of one process that has them by itself. */
    void withdrawFrom(int pid) {
        detach(pid).join();
    }

    void ended(int pid) {
        detach(pid);
    }

    private CompletableFuture<Void> detach(int pid) {
        List<BpfLink> out = links.remove(pid);
        return detacher.detach(out == null ? List.of() : out);
    }

    /** Takes the probes out of all processes. */
    CompletableFuture<Void> detach() {
        List<BpfLink> out = links.values().stream().flatMap(List::stream).toList();
        links.clear();
        return detacher.detach(out);
    }
}
