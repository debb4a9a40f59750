package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The object files beside the plugins: each {@code redis.bpf.o} is a receiver of the type {@code redis}. */
final class DroppedProbes {
    private static final String SUFFIX = ".bpf.o";

    /** A hundred times the largest of ours; more is no probe, and is read into memory. */
    private static final long MOST_BYTES = 16 << 20;

    private DroppedProbes() {}

    /** Files whose name begins with a dot are not yet there: they are written under it and then renamed. */
    static boolean isProbe(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith(".") && !Files.isDirectory(file);
    }

    /** @param owner of a receiver type, if a plugin offers it already */
    static PluginUnit read(Path folder, Path file, Admission admission, Owner owner) {
        String type = type(file);
        Optional<String> plugin = owner.of(type);
        if (!ComponentId.isType(type)) {
            return PluginUnit.broken(
                    file,
                    sentence(
                            file,
                            "'" + type + "' is no type for the YAML, which is a letter and up to 62 letters,"
                                    + " digits or _; rename it, for example to "
                                    + type.replaceAll("[^0-9a-zA-Z_]", "_") + SUFFIX));
        }
        if (plugin.isPresent()) {
            return PluginUnit.broken(
                    file,
                    sentence(
                            file,
                            "the plugin " + plugin.get() + " offers the receiver type '" + type
                                    + "' already; rename the file"));
        }
        return offer(folder, file, type, admission);
    }

    /** Which plugin offers a type of receiver. */
    interface Owner {
        Optional<String> of(String type);
    }

    private static String type(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static PluginUnit offer(Path folder, Path file, String type, Admission admission) {
        try {
            checkFile(file);
            admission.check(folder, file);
            byte[] elf = Files.readAllBytes(file);
            String version = "sha256:" + Checksums.sum(new ByteArrayInputStream(elf));
            Offer offer = new Offer(file.getFileName().toString(), version, DroppedProbe.read(type, elf));
            return new PluginUnit(file, List.of(offer), List.of(), Map.of(), () -> {});
        } catch (NoSuchFileException e) {
            return refusal(file, type, "it leads nowhere; it is a symbolic link to a file that is not there");
        } catch (AccessDeniedException e) {
            return refusal(file, type, "it cannot be read; give this user the right to read it");
        } catch (IOException e) {
            return refusal(file, type, "it cannot be read: " + e.getMessage());
        } catch (ComponentException e) {
            return refusal(file, type, String.valueOf(e.getMessage()));
        }
    }

    private static void checkFile(Path file) throws IOException, ComponentException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new ComponentException("it is no file; put a compiled probe there");
        }
        long size = Files.size(file);
        if (size == 0 || size > MOST_BYTES) {
            throw new ComponentException(
                    "it has " + size + " bytes, a probe has 1 to " + MOST_BYTES + "; compile it again");
        }
    }

    private static PluginUnit refusal(Path file, String type, String why) {
        String sentence = sentence(file, why);
        Map<String, RefusedProbe> standIn = Map.of(type, new RefusedProbe(type, sentence));
        return new PluginUnit(file, List.of(), List.of(sentence), standIn, () -> {});
    }

    private static String sentence(Path file, String why) {
        return "probe " + file + " is refused: " + why;
    }
}
