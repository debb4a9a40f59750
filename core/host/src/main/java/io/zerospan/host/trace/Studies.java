package io.zerospan.host.trace;

import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.OffsetsDb;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What probes want to know of one binary. Debug information is read by a process of its own, which takes longer than all
 * else: whoever does not need it does not wait for it.
 */
final class Studies {
    private static final Logger LOG = LoggerFactory.getLogger(Studies.class);

    private final GoBinary binary;
    private final String path;
    private final OffsetsDb db;
    /** Fields of those who need debug information, and what it says. */
    private final Set<FieldOffsets.Field> asked;

    private final CompletableFuture<StudiedBinary> debugged;
    /** What was said already: some fields are wanted by many probes. */
    private final Set<String> told = new HashSet<>();

    private Studies(GoBinary binary, String path, OffsetsDb db, Set<FieldOffsets.Field> asked) {
        this.binary = binary;
        this.path = path;
        this.db = db;
        this.asked = asked;
        this.debugged = asked.isEmpty()
                ? CompletableFuture.completedFuture(find(asked))
                : CompletableFuture.supplyAsync(() -> find(asked), Studies::onItsOwn);
    }

    /** Begins to read the debug information, if one of these probes needs it. */
    static Studies begin(GoBinary binary, String path, OffsetsDb db, Collection<ProbeSet.Probe> probes) {
        Set<FieldOffsets.Field> asked = probes.stream()
                .map(Studies::fields)
                .filter(fields -> FieldOffsets.needDebugInformation(binary, fields))
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        return new Studies(binary, path, db, asked);
    }

    /** Waits for the debug information if the probe needs it. */
    StudiedBinary of(ProbeSet.Probe probe) {
        List<FieldOffsets.Field> fields = fields(probe);
        boolean waits = FieldOffsets.needDebugInformation(binary, fields) && asked.containsAll(fields);
        StudiedBinary studied = waits ? debugged.join() : find(fields);
        studied.offsets().contradictions().forEach(contradiction -> tell(contradiction.text()));
        if (!studied.offsets().debugProblem().isEmpty()) {
            LOG.debug("{}", studied.offsets().debugProblem());
        }
        return studied;
    }

    private void tell(String contradiction) {
        if (told.add(contradiction)) {
            LOG.warn("{}: {}; the former is used", path, contradiction);
        }
    }

    private StudiedBinary find(Collection<FieldOffsets.Field> fields) {
        FieldOffsets offsets = FieldOffsets.find(binary, fields, db, FieldOffsets.Effort.NEEDED);
        return new StudiedBinary(binary, offsets, db.rules());
    }

    private static List<FieldOffsets.Field> fields(ProbeSet.Probe probe) {
        return probe.declarations().fields().stream()
                .map(ProbeDeclarations.Field::wanted)
                .distinct()
                .toList();
    }

    private static void onItsOwn(Runnable reading) {
        Thread thread = new Thread(reading, "debug information");
        thread.setDaemon(true);
        thread.start();
    }
}
