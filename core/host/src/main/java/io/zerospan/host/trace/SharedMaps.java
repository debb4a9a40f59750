package io.zerospan.host.trace;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfMap;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.MapShape;
import io.zerospan.libbpf.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The maps that all probes share, see {@code bpf/include/zerospan/maps.h}; created once, given to every object. */
final class SharedMaps implements AutoCloseable {
    static final int KEY_BYTES = 16;
    static final int ENTRY_BYTES = 256;
    static final int ENTRY_AT_OWNER = 80;
    /** {@code ZS_KEY_GOROUTINE}. */
    static final short KEY_GOROUTINE = 1;
    /** {@code ZS_KEY_PROCESS}. */
    static final short KEY_PROCESS = 4;
    /** {@code ZS_KEY_OWN_SPANS}. */
    static final short KEY_OWN_SPANS = 5;
    /** Executables attached to at once: {@code ZS_EXECUTABLES_MAX}. */
    static final int EXECUTABLES = 1024;

    /** About 30,000 spans: what four busy cores send between two looks of the ring thread, many times over. */
    private static final int RING_BYTES = 16 * 1024 * 1024;

    /** Preempted probes per CPU, and CPUs, as in {@code record.h}. */
    static final int SLOTS = 4 * 256;

    static final int SLOT_BYTES = 8 + 4096 + 1024 + 8;
    static final int SETTINGS_BYTES = 8;
    /** {@code struct zs_tracestate}. */
    static final int TRACESTATE_BYTES = 528;

    /** {@code ZS_TRACESTATES_MAX}. */
    static final int TRACESTATES = 4096;

    /** {@code ZS_COUNTERS}. */
    static final int COUNTERS = PropagationCounters.FIRST + PropagationCounters.NAMES.size();

    private final Map<String, BpfMap> maps = new LinkedHashMap<>();

    private SharedMaps() {}

    private static List<MapShape> shapes(Limits limits, int tracestates) {
        return List.of(
                new MapShape("zs_contexts", MapType.HASH, KEY_BYTES, ENTRY_BYTES, limits.contexts(), 0),
                new MapShape("zs_events", MapType.RINGBUF, 0, 0, RING_BYTES, 0),
                new MapShape("zs_settings", MapType.ARRAY, 4, SETTINGS_BYTES, EXECUTABLES, 0),
                new MapShape("zs_counters", MapType.PERCPU_ARRAY, 4, 8, COUNTERS, 0),
                new MapShape("zs_slots", MapType.ARRAY, 4, SLOT_BYTES, SLOTS, 0),
                new MapShape("zs_tracestates", MapType.LRU_HASH, 8, TRACESTATE_BYTES, tracestates, 0));
    }

    /** @param tracestates whether those of requests are kept; if not, they take no room */
    static SharedMaps create(LibBpf lib, Limits limits, boolean tracestates) throws BpfException {
        SharedMaps shared = new SharedMaps();
        try {
            for (MapShape shape : shapes(limits, tracestates ? TRACESTATES : 1)) {
                shared.maps.put(
                        shape.name(),
                        BpfMap.create(
                                lib,
                                shape.type(),
                                shape.name(),
                                shape.keySize(),
                                shape.valueSize(),
                                shape.maxEntries(),
                                shape.flags()));
            }
            return shared;
        } catch (BpfException e) {
            shared.close();
            throw e;
        }
    }

    /** Refuses an object whose idea of a shared map is another; needs no maps and no rights. */
    static void checkShapes(BpfObject object) throws BpfException {
        for (MapShape shape : shapes(Limits.DEFAULT, TRACESTATES)) {
            if (object.maps().contains(shape.name())) {
                object.checkShape(shape);
            }
        }
    }

    /** Gives the object our maps in place of its own, after comparing their shapes. */
    void shareWith(BpfObject object) throws BpfException {
        for (String name : object.maps()) {
            BpfMap shared = maps.get(name);
            if (shared != null) {
                object.reuse(name, shared);
            }
        }
    }

    BpfMap contexts() {
        return map("zs_contexts");
    }

    BpfMap events() {
        return map("zs_events");
    }

    /**
     * One write that all probes of an executable see at once.
     *
     * @param wave of those that are to act from now on; 0 for none
     */
    void arm(int executable, int wave) throws BpfException {
        byte[] settings = buffer(SETTINGS_BYTES).putInt(wave).array();
        map("zs_settings").update(index(executable), settings);
    }

    /** What all CPUs have counted of {@code counter}. */
    long counter(int counter) {
        byte[] perCpu = map("zs_counters").lookup(index(counter));
        long sum = 0;
        if (perCpu != null) {
            ByteBuffer values = ByteBuffer.wrap(perCpu).order(ByteOrder.nativeOrder());
            while (values.remaining() >= Long.BYTES) {
                sum += values.getLong();
            }
        }
        return sum;
    }

    /**
     * Has the exit of a process be told. Its probes write the entry too, with the start time that makes its offers
     * valid, so an entry that is there already stays.
     */
    void noteProcess(int pid) {
        byte[] key =
                buffer(KEY_BYTES).putLong(0).putInt(pid).putShort(KEY_PROCESS).array();
        map("zs_contexts").insert(key, new byte[ENTRY_BYTES]);
    }

    /** News about processes that found no room in the ring. */
    long lostNews() {
        return counter(LossCounters.NAMES.indexOf(LossCounters.PROCESS_NEWS));
    }

    private BpfMap map(String name) {
        BpfMap map = maps.get(name);
        if (map == null) {
            throw new IllegalArgumentException("no map " + name);
        }
        return map;
    }

    private static byte[] index(int index) {
        return buffer(4).putInt(index).array();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        maps.values().forEach(BpfMap::close);
    }
}
