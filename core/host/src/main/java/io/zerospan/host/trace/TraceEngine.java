package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.Receiver;
import io.zerospan.api.SpanConsumer;
import io.zerospan.api.Telemetry;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfMap;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.RingReader;
import io.zerospan.libbpf.WritingFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything between the kernel and the pipelines. */
public final class TraceEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TraceEngine.class);

    /**
     * A receiver and where its spans go.
     *
     * @param id the receiver's id in the YAML
     * @param receiver says what to probe
     * @param pipelines the first element of every pipeline that lists the receiver
     * @param pushedDown what the receiver's probes do for these pipelines
     */
    public record Feed(String id, Receiver receiver, SpanConsumer pipelines, List<PushedDown> pushedDown) {

        /** Without anything for the probes to do but tracing. */
        public Feed(String id, Receiver receiver, SpanConsumer pipelines) {
            this(id, receiver, pipelines, List.of());
        }
    }

    private static final long MIB = 1024 * 1024;

    private final List<Feed> feeds;
    private final List<TargetRule> rules;
    private final Limits limits;
    private final Telemetry telemetry;
    private final OffsetsDb db;
    /** What {@link #close} takes down, last one first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private @Nullable SharedMaps maps;
    private @Nullable Prepared prepared;
    private @Nullable Running running;

    /** What is known before anything is attached. */
    private record Prepared(
            LibBpf lib,
            KernelFeatures kernel,
            List<ProbeSet.Probe> probes,
            Map<String, WaysOut> ways,
            WritingFeatures writing) {}

    /** What can be changed while it runs. */
    private record Running(
            LibBpf lib,
            EventSources sources,
            Discovery discovery,
            DiscoveryThread thread,
            RingThread ring,
            List<WaysOut> ways) {}

    /** An engine that knows no offsets but those that the programs hold themselves. */
    public TraceEngine(List<Feed> feeds, List<TargetRule> targets, Telemetry telemetry) {
        this(feeds, targets, Limits.DEFAULT, telemetry, OffsetsDb.EMPTY);
    }

    public TraceEngine(List<Feed> feeds, List<TargetRule> targets, Limits limits, Telemetry telemetry, OffsetsDb db) {
        this.limits = limits;
        this.feeds = List.copyOf(feeds);
        this.rules = List.copyOf(targets);
        this.telemetry = telemetry;
        this.db = db;
    }

    /** Begins to load libbpf, on a thread of its own. */
    public static void prefetch() {
        Thread thread = new Thread(
                () -> {
                    try {
                        LibBpf.load();
                    } catch (BpfException e) {
                        LOG.debug("{}", e.getMessage()); // prepare() tries again, and throws it
                    }
                },
                "libbpf");
        thread.setDaemon(true);
        thread.start();
    }

    /** Throws what will keep this machine, this user or these probes from tracing; attaches nothing. */
    public void prepare() throws ComponentException {
        if (prepared != null) {
            return;
        }
        try {
            LibBpf lib = LibBpf.load();
            KernelFeatures kernel = KernelFeatures.probe(lib);
            KernelGate.check(kernel, OpenFiles.limit());
            WritingFeatures writing = Outward.features(lib, feeds);
            Map<String, WaysOut> ways = Outward.ways(feeds, writing);
            prepared = new Prepared(
                    lib,
                    kernel,
                    Outward.probes(lib, ProbeSet.read(lib, feeds, Outward.constants(ways, ways.values())), ways),
                    ways,
                    writing);
        } catch (BpfException e) {
            throw new ComponentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Loads and attaches all probes; returns when those of all running targets are armed. */
    public void start() throws ComponentException {
        prepare();
        try {
            open(Objects.requireNonNull(prepared));
        } catch (BpfException e) {
            close();
            throw new ComponentException(String.valueOf(e.getMessage()), e);
        } catch (ComponentException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            throw new ComponentException("look for processes in /proc: " + e.getMessage(), e);
        }
    }

    private void open(Prepared known) throws ComponentException, BpfException, IOException {
        LibBpf lib = known.lib();
        SharedMaps shared = SharedMaps.create(
                lib, limits, Outward.keepsTracestates(known.ways().values()));
        maps = shared;
        opened.push(shared);
        countLosses(shared);

        Targets targets = new Targets(rules);
        ProcessTable processes =
                new ProcessTable(new ProcessResource(hostName()), targets, shared::noteProcess, PidHolder::of);
        EventSources sources = new EventSources();
        OwnSpans ownSpans = new OwnSpans(targets, shared::noteProcess);
        for (Instrumented treatment : Instrumented.values()) {
            telemetry.gauge(
                    "zerospan_instrumented_processes", () -> ownSpans.count(treatment), "treatment", treatment.word());
        }
        ProbeLoader loader = new ProbeLoader(lib, known.kernel(), shared, known.probes(), sources, db);
        TracedProcesses followers = Outward.open(lib, shared, known.ways().values(), known.writing(), opened);
        Discovery discovery = new Discovery(targets, processes, loader, ownSpans, followers);
        DiscoveryThread discoveryThread = new DiscoveryThread(
                discovery, new StaleEntries(Contexts.of(shared.contexts())), shared::lostNews, telemetry);
        RingReader reader = RingReader.open(shared.events());
        opened.push(reader);
        RingThread ring = new RingThread(reader, sources, processes, telemetry, ownSpans, discoveryThread);
        opened.push(ring);
        discoveryThread.handAbandoned(ring::endAbandoned);
        Budgets budgets = new Budgets(discovery, rules, shared.contexts(), telemetry);
        watchCosts(known, discovery, discoveryThread, budgets);
        opened.push(discovery);
        opened.push(discoveryThread);
        opened.push(Lifecycle.attach(lib, shared));
        ShaperWatch shapers = new ShaperWatch(sources);
        opened.push(shapers);
        shapers.start();
        ring.start();
        for (int i = 0; i < rules.size(); i++) {
            TargetRule rule = rules.get(i);
            if (rule.pid() != null) {
                discovery.require(rule.pid());
            }
            TargetCheck.check(i, rule, discovery);
        }
        discovery.lookAtAll();
        discovery.arm();
        discoveryThread.start();
        running = new Running(
                lib,
                sources,
                discovery,
                discoveryThread,
                ring,
                List.copyOf(known.ways().values()));
        int traced = processes.size();
        LOG.info(
                "probes armed: {} {}, {} programs; room for {} requests at once, {} MiB of kernel memory",
                traced,
                traced == 1 ? "process" : "processes",
                discovery.programs(),
                limits.openRequests(),
                limits.kernelBytes() / MIB);
    }

    /**
     * Puts a receiver in place of the one of the same id, or takes that away: its probes go, in every process, and the new
     * ones come; all others stay attached and lose nothing. If the new ones are refused, the old ones stay.
     *
     * @param feed null for none
     */
    public void exchange(String id, @Nullable Feed feed) throws ComponentException {
        Running now = running;
        if (now == null) {
            Prepared known = Objects.requireNonNull(prepared);
            prepared = new Prepared(
                    known.lib(),
                    known.kernel(),
                    known.probes().stream()
                            .filter(probe -> !probe.outlet().receiver().equals(id))
                            .toList(),
                    known.ways(),
                    known.writing());
            return;
        }
        List<ProbeSet.Probe> fresh = feed == null
                ? List.of()
                : ProbeSet.read(now.lib(), feed, Outward.constants(Outward.among(now.ways(), feed), now.ways()));
        now.thread().ask(() -> {
            now.discovery().exchange(id, fresh, now.ring()::look);
            now.sources().removeAllBut(fresh.isEmpty() ? null : fresh.get(0).outlet(), id);
            now.ring().forgetRecords();
            return null;
        });
    }

    private void watchCosts(Prepared known, Discovery discovery, DiscoveryThread thread, Budgets budgets) {
        TrapCalibration traps = new TrapCalibration(known.lib(), known.kernel());
        ProbeCosts costs = new ProbeCosts(
                new KernelCounting(known.lib(), discovery), traps::cost, telemetry, budgets, System.nanoTime());
        opened.push(traps);
        opened.push(costs);
        thread.watchCosts(costs::look);
    }

    private static String hostName() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
    }

    private void countLosses(SharedMaps shared) {
        for (int i = 0; i < PropagationCounters.NAMES.size(); i++) {
            int counter = PropagationCounters.FIRST + i;
            PropagationCounters.Name name = PropagationCounters.NAMES.get(i);
            telemetry.gauge(
                    "zerospan_propagation_total",
                    () -> shared.counter(counter),
                    "way",
                    name.way(),
                    "result",
                    name.result());
        }
        for (int i = 0; i < LossCounters.NAMES.size(); i++) {
            int counter = i;
            telemetry.gauge("zerospan_lost", () -> shared.counter(counter), "what", LossCounters.NAMES.get(i));
        }
    }

    /** What the probes keep of open spans, for who wants to see that nothing stays; null before the start. */
    @Nullable BpfMap contexts() {
        return maps == null ? null : maps.contexts();
    }

    /** Detaches all probes and hands over what the ring buffer still holds. */
    @Override
    public void close() {
        if (maps != null && !opened.isEmpty()) {
            reportLosses(maps);
        }
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("stop {}: {}", next.getClass().getSimpleName(), e.toString());
            }
        }
    }

    private static void reportLosses(SharedMaps shared) {
        for (int i = 0; i < LossCounters.NAMES.size(); i++) {
            long count = shared.counter(i);
            if (count > 0) {
                String name = LossCounters.NAMES.get(i);
                LOG.info("{}: {} × {}", LossCounters.verb(name), count, name);
            }
        }
    }
}
