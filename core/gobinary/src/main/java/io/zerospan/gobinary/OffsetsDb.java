package io.zerospan.gobinary;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Offsets by Go release and module version, as measured on programs built for that: the last resort, for fields that
 * neither the runtime types nor the debug information of a program hold. Says nothing of versions nobody has measured.
 */
public final class OffsetsDb {
    /** Knows nothing. */
    public static final OffsetsDb EMPTY = new OffsetsDb(Map.of(), HookRules.NONE);

    /** One a module: those of a few dozen receivers. */
    private static final int MAX_FILES = 256;

    private static final String STANDARD_LIBRARY = "std";

    private final Map<String, OffsetsDbModule> modules;
    private final HookRules rules;

    private OffsetsDb(Map<String, OffsetsDbModule> modules, HookRules rules) {
        this.modules = modules;
        this.rules = rules;
    }

    /**
     * Reads {@code std.json}, {@code rules.json} and {@code modules/*.json}; a file that is not as the schema wants it
     * fails the whole.
     */
    public static OffsetsDb read(Path folder) throws GoBinaryException {
        Map<String, OffsetsDbModule> modules = new HashMap<>();
        add(modules, folder.resolve(STANDARD_LIBRARY + ".json"));
        Path others = folder.resolve("modules");
        HookRules rules = HookRules.read(folder.resolve("rules.json"));
        if (!Files.isDirectory(others)) return new OffsetsDb(modules, rules);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(others, "*.json")) {
            for (Path file : files) {
                if (modules.size() > MAX_FILES) {
                    throw new GoBinaryException(others + ": more than " + MAX_FILES + " files");
                }
                add(modules, file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new GoBinaryException(others + ": cannot be read: " + e, e);
        }
        return new OffsetsDb(modules, rules);
    }

    /** Which functions may be probed in the place of others. */
    public HookRules rules() {
        return rules;
    }

    private static void add(Map<String, OffsetsDbModule> modules, Path file) throws GoBinaryException {
        OffsetsDbModule module = OffsetsDbModule.read(file);
        if (modules.put(module.path(), module) != null) {
            throw new GoBinaryException(file + ": a second file for the module " + module.path());
        }
    }

    /** Whether the field was measured in any version. */
    public boolean knows(String struct, String path) {
        OffsetsDbModule module = module(struct);
        return module != null && !module.offsets(struct, path).isEmpty();
    }

    /** The offset in a program of this release and these modules. */
    Optional<FieldOffset> field(int goMinor, List<GoModule> built, String struct, String path) {
        OffsetsDbModule module = module(struct);
        if (module == null) return Optional.empty();
        Version version = version(module, goMinor, built);
        if (version == null) return Optional.empty();
        return module.offsets(struct, path).stream()
                .filter(range -> range.holds(version))
                .findFirst()
                .map(range -> new FieldOffset(struct, path, range.offset(), FieldOffset.Source.OFFSETS_DB));
    }

    private static @Nullable Version version(OffsetsDbModule module, int goMinor, List<GoModule> built) {
        if (module.path().equals(STANDARD_LIBRARY)) return Version.ofGo(goMinor);
        for (GoModule candidate : built) {
            if (candidate.path().equals(module.path())) return Version.parse(candidate.version());
        }
        return null;
    }

    /** The module of the longest path that the struct's package lies in. */
    private @Nullable OffsetsDbModule module(String struct) {
        String packagePath = GoPackage.of(struct);
        if (GoPackage.isStandard(packagePath)) return modules.get(STANDARD_LIBRARY);
        for (String path = packagePath; !path.isEmpty(); ) {
            OffsetsDbModule module = modules.get(path);
            if (module != null) return module;
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
        return null;
    }
}
