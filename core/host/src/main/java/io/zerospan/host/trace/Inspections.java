package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.gobinary.Inspection;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.LibBpf;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the probes of some receivers find in a binary, without attaching anything; needs no rights. */
public final class Inspections {
    private Inspections() {}

    public static Inspection of(Path file, List<TraceEngine.Feed> receivers, OffsetsDb db) throws ComponentException {
        try (GoBinary binary = GoBinary.read(file)) {
            Set<String> symbols = new LinkedHashSet<>();
            Set<FieldOffsets.Field> fields = new LinkedHashSet<>();
            for (ProbeSet.Probe probe : ProbeSet.read(LibBpf.load(), receivers)) {
                for (ProbeDeclarations.Hook hook : probe.declarations().hooks()) {
                    symbols.addAll(hook.symbols());
                    hook.symbols().forEach(symbol -> symbols.addAll(db.rules().instead(symbol, binary)));
                }
                probe.declarations().fields().forEach(field -> fields.add(field.wanted()));
            }
            return Inspection.of(binary, symbols, fields, db);
        } catch (GoBinaryException | BpfException e) {
            throw new ComponentException(String.valueOf(e.getMessage()), e);
        }
    }
}
