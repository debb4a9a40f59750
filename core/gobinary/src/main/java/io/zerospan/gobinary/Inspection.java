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
 */
public record Inspection(
        String go,
        String arch,
        boolean pie,
        String buildId,
        List<GoModule> modules,
        List<HookSites> hooks,
        List<FieldOffset> fields,
        List<Field> missing) {

    /** A field to look for, such as {@code net/http.Request} and {@code Method}. */
    public record Field(String struct, String path) {}

    public Inspection {
        modules = List.copyOf(modules);
        hooks = List.copyOf(hooks);
        fields = List.copyOf(fields);
        missing = List.copyOf(missing);
    }

    /** Looks up everything now; the binary may be closed afterwards. */
    public static Inspection of(GoBinary binary, Collection<String> symbols, Collection<Field> fields) {
        List<FieldOffset> found = new ArrayList<>();
        List<Field> missing = new ArrayList<>();
        for (Field field : fields) {
            Optional<FieldOffset> offset = binary.field(field.struct(), field.path());
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
                missing);
    }
}
