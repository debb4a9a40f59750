package io.zerospan.gobinary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a binary offers to a set of probes: all that {@code zerospan inspect} shows.
 *
 * @param go the Go release
 * @param hooks one for each symbol asked for, in that order, eligible or not
 * @param fields those that were found
 * @param missing those that were not
 * @param contradictions what the sources do not agree on
 * @param debugProblem why the binary's debug information is not among the sources; empty if it is, or there is none
 */
public record Inspection(
        String go,
        String arch,
        boolean pie,
        String buildId,
        List<GoModule> modules,
        List<HookSites> hooks,
        List<FieldOffset> fields,
        List<FieldOffsets.Field> missing,
        List<Contradiction> contradictions,
        String debugProblem) {

    public Inspection {
        modules = List.copyOf(modules);
        hooks = List.copyOf(hooks);
        fields = List.copyOf(fields);
        missing = List.copyOf(missing);
        contradictions = List.copyOf(contradictions);
    }

    /** Looks up everything now, in all sources; the binary may be closed afterwards. */
    public static Inspection of(
            GoBinary binary, Collection<String> symbols, Collection<FieldOffsets.Field> fields, OffsetsDb db) {
        FieldOffsets offsets = FieldOffsets.find(binary, fields, db, FieldOffsets.Effort.COMPARE);
        List<FieldOffset> found = new ArrayList<>();
        List<FieldOffsets.Field> missing = new ArrayList<>();
        for (FieldOffsets.Field field : fields) {
            Optional<FieldOffset> offset = offsets.get(field);
            offset.ifPresentOrElse(found::add, () -> missing.add(field));
        }
        List<HookSites> hooks = symbols.stream().map(binary::hook).toList();
        return new Inspection(
                binary.goVersion(),
                binary.goArch(),
                binary.pie(),
                binary.buildId(),
                binary.modules(),
                hooks,
                found,
                missing,
                offsets.contradictions(),
                offsets.debugProblem());
    }

    /** The same with more hooks and fields, such as those that only a configuration names. */
    public Inspection and(Collection<HookSites> moreHooks, Collection<FieldOffset> moreFields) {
        List<HookSites> allHooks = new ArrayList<>(hooks);
        allHooks.addAll(moreHooks);
        List<FieldOffset> allFields = new ArrayList<>(fields);
        allFields.addAll(moreFields);
        return new Inspection(
                go, arch, pie, buildId, modules, allHooks, allFields, missing, contradictions, debugProblem);
    }
}
