package io.zerospan.host.trace;

import io.zerospan.gobinary.CostClass;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfLink;
import io.zerospan.libbpf.BpfMap;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.ProgramRuns;
import io.zerospan.libbpf.Uprobes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One object loaded for one executable. Its programs run nowhere until they are attached, and do nothing until armed. */
final class LoadedProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedProbe.class);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ProbeSet.Probe probe;
    private final BpfObject object;
    private final ProbePlan plan;
    /** Of the sites of each program. */
    private final Map<String, Double> steppedParts;
    /** Of its records, and so of the spans that it opens. */
    private final Set<Integer> types;

    private LoadedProbe(ProbeSet.Probe probe, BpfObject object, ProbePlan plan, Set<Integer> types) {
        this.probe = probe;
        this.object = object;
        this.plan = plan;
        this.types = types;
        this.steppedParts = steppedParts(plan);
    }

    /** The data section of {@code zs_budget_threshold}: objects of older headers have none. */
    private static final String BUDGET = ".data.budget";
    /** {@code ZS_BUDGET_CLOSED}. */
    private static final long CLOSED = -1;

    /** One of our programs at one or more sites. */
    private record Attached(LoadedProbe owner, BpfLink link) implements BpfLink {
        @Override
        public void close() {
            link.close();
        }
    }

    ProbeSet.Probe probe() {
        return probe;
    }

    ProbePlan plan() {
        return plan;
    }

    boolean owns(BpfLink link) {
        return link instanceof Attached attached && attached.owner == this;
    }

    /** Sets the constants that the executable decides and lets the verifier see the programs. */
    static LoadedProbe load(
            LibBpf lib,
            KernelFeatures kernel,
            SharedMaps maps,
            ProbeSet.Probe probe,
            ProbePlan plan,
            EventSource source,
            PlannedSites planned,
            boolean pie)
            throws BpfException, TimedLoad.TooSlow {
        BpfObject object =
                BpfObject.open(lib, probe.object().name(), probe.object().elf());
        try {
            maps.shareWith(object);
            for (Map.Entry<String, Long> constant : probe.constants().entrySet()) {
                object.setConstant(constant.getKey(), constant.getValue());
            }
            for (Map.Entry<String, List<Long>> table : probe.tables().entrySet()) {
                object.setConstant(table.getKey(), bytes(object.variableSize(table.getKey()), table.getValue()));
            }
            for (Map.Entry<String, Long> constant : plan.constants().entrySet()) {
                object.setConstant(constant.getKey(), constant.getValue());
            }
            List<ProbeDeclarations.Attribute> attributes = probe.declarations().attributes();
            for (int i = 0; i < attributes.size(); i++) {
                object.setConstant(attributes.get(i).variable(), i + 1L);
            }
            object.setConstant("zs_event_type", source.type());
            object.setConstant("zs_executable", source.executable().index());
            object.setConstant("zs_pie", pie ? 1 : 0);
            if (plan.checksStack()) {
                object.setConstant("zs_stack_checks", 1);
            }
            object.setConstant("zs_seed", seed());
            if (object.hasVariable("zs_context_types")) {
                object.setConstant("zs_context_types", plan.contextTypes().bytes());
                object.setConstant(
                        "zs_context_types_factor", plan.contextTypes().factor());
            }
            if (object.hasVariable("zs_swiss_maps")) {
                object.setConstant("zs_swiss_maps", plan.swissMaps() ? 1 : 0);
            }
            leaveOut(object, probe.declarations(), plan);
            if (!kernel.privateStacks()) {
                object.takeOutTailCalls();
            }
            if (kernel.uprobeMulti()) {
                plan.placements().stream()
                        .map(ProbePlan.Placement::program)
                        .distinct()
                        .forEach(object::useUprobeMulti);
            }
        } catch (BpfException | RuntimeException e) {
            object.close();
            throw e;
        }
        TimedLoad.load(object);
        try {
            planned.write(object);
        } catch (BpfException | RuntimeException e) {
            object.close();
            throw e;
        }
        Set<Integer> types =
                planned.sources().stream().map(EventSource::type).collect(Collectors.toCollection(HashSet::new));
        types.add(source.type());
        return new LoadedProbe(probe, object, plan, types);
    }

    /** A table that is longer than the probe's is refused there, by its size. */
    private static byte[] bytes(int size, List<Long> numbers) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.max(size, numbers.size() * Long.BYTES)).order(ByteOrder.nativeOrder());
        numbers.forEach(bytes::putLong);
        return bytes.array();
    }

    /** What runs nowhere in this executable costs neither time nor memory. */
    private static void leaveOut(BpfObject object, ProbeDeclarations declared, ProbePlan plan) {
        Set<String> placed =
                plan.placements().stream().map(ProbePlan.Placement::program).collect(Collectors.toSet());
        List<ProbeDeclarations.Hook> hooks = new ArrayList<>(declared.hooks());
        hooks.addAll(declared.planned());
        for (ProbeDeclarations.Hook hook : hooks) {
            object.autoload(hook.program(), placed.contains(hook.program()));
        }
    }

    private static byte[] seed() {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(RANDOM.nextLong())
                .putLong(RANDOM.nextLong())
                .array();
    }

    /** Attaches the programs of one kind of site and adds their links, as far as it comes. */
    void attach(Uprobes uprobes, Path file, int pid, int wave, ProbeDeclarations.Point point, List<BpfLink> links)
            throws BpfException {
        Map<String, List<ProbePlan.Placement>> byProgram = new LinkedHashMap<>();
        for (ProbePlan.Placement placement : plan.placements()) {
            if (placement.hook().point() == point) {
                byProgram
                        .computeIfAbsent(placement.program(), program -> new ArrayList<>())
                        .add(placement);
            }
        }
        for (Map.Entry<String, List<ProbePlan.Placement>> entry : byProgram.entrySet()) {
            long[] offsets = joined(entry.getValue(), ProbePlan.Placement::offsets);
            long[] cookies = joined(entry.getValue(), placement -> placement.cookies(wave));
            links.add(new Attached(this, uprobes.attach(object.program(entry.getKey()), file, offsets, cookies, pid)));
        }
    }

    Set<Integer> types() {
        return types;
    }

    /** Has it leave out what the restraint says, from the next trace on. */
    void restrain(Restraint restraint) throws BpfException {
        boolean sampled = probe.constants().getOrDefault("zs_sampling", 0L) != 0;
        budget(restraint.threshold(sampled ? probe.constants().getOrDefault("zs_sampling_threshold", 0L) : 0));
    }

    /** From now on it begins no span; it ends those that are open. */
    void beginNothing() throws BpfException {
        budget(CLOSED);
    }

    private void budget(long threshold) throws BpfException {
        if (object.maps().contains(BUDGET)) {
            try (BpfMap map = object.map(BUDGET)) {
                map.update(new byte[Integer.BYTES], bytes(Long.BYTES, List.of(threshold)));
            }
        }
    }

    /** One link for all functions of a program. */
    private static long[] joined(List<ProbePlan.Placement> placements, Function<ProbePlan.Placement, long[]> of) {
        return placements.stream().map(of).flatMapToLong(LongStream::of).toArray();
    }

    /** Of each program that was placed in the executable of this path. */
    Map<TracedHook, ProgramRuns> runs(String target) {
        Map<TracedHook, ProgramRuns> runs = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Double> program : steppedParts.entrySet()) {
                runs.put(
                        new TracedHook(this, target, program.getKey(), program.getValue()),
                        object.program(program.getKey()).runs());
            }
        } catch (BpfException e) {
            LOG.debug("{}", e.getMessage());
        }
        return runs;
    }

    private static Map<String, Double> steppedParts(ProbePlan plan) {
        return plan.placements().stream()
                .collect(Collectors.groupingBy(
                        ProbePlan.Placement::program,
                        Collectors.flatMapping(
                                placement -> placement.chosen().stream(),
                                Collectors.averagingInt(site -> site.cost() == CostClass.SINGLE_STEP ? 1 : 0))));
    }

    int sites() {
        return plan.placements().stream()
                .mapToInt(placement -> placement.offsets().length)
                .sum();
    }

    int programs() {
        return (int) plan.placements().stream()
                .map(ProbePlan.Placement::program)
                .distinct()
                .count();
    }

    @Override
    public void close() {
        object.close();
    }
}
