package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.gobinary.HookSites;
import io.zerospan.gobinary.Inspection;
import io.zerospan.gobinary.OffsetsDb;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.LibBpf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the probes of some receivers find in a binary, without attaching anything; needs no rights. */
public final class Inspections {
    private Inspections() {}

    public static Inspected of(Path file, List<TraceEngine.Feed> receivers, OffsetsDb db) throws ComponentException {
        try (GoBinary binary = GoBinary.read(file)) {
            Set<FieldOffsets.Field> fields = new LinkedHashSet<>();
            Map<String, ReceiverHooks.Collector> byReceiver = new LinkedHashMap<>();
            Map<String, HookSites> planned = new LinkedHashMap<>();
            for (ProbeSet.Probe probe : ProbeSet.read(LibBpf.load(), receivers)) {
                ReceiverHooks.Collector hooks = byReceiver.computeIfAbsent(
                        probe.outlet().receiver(), receiver -> new ReceiverHooks.Collector());
                for (ProbeDeclarations.Hook hook : probe.declarations().hooks()) {
                    for (String symbol : hook.symbols()) {
                        hooks.add(symbol, hook.point());
                        db.rules().instead(symbol, binary).forEach(other -> hooks.add(other, hook.point()));
                    }
                }
                PlanReport report = PlanReport.of(probe.object(), binary, file.toString());
                for (HookSites sites : report.hooks()) {
                    hooks.addPlanned(sites.symbol());
                    planned.put(sites.symbol(), sites);
                }
                report.problems().forEach(hooks::problem);
                probe.declarations().fields().forEach(field -> fields.add(field.wanted()));
            }
            List<ReceiverHooks> wanted = new ArrayList<>();
            byReceiver.forEach((receiver, hooks) -> wanted.add(hooks.of(receiver)));
            Set<String> symbols = new LinkedHashSet<>();
            wanted.forEach(receiver -> receiver.uses().forEach(use -> symbols.add(use.symbol())));
            symbols.removeAll(planned.keySet());
            Inspection inspection = Inspection.of(binary, symbols, fields, db);
            return new Inspected(inspection.and(planned.values(), binary.debugFields()), wanted);
        } catch (GoBinaryException | BpfException e) {
            throw new ComponentException(String.valueOf(e.getMessage()), e);
        }
    }
}
