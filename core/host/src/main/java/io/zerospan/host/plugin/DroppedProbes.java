package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.ComponentId;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The object files beside the plugins: each {@code redis.bpf.o} is a receiver of the type {@code redis}. */
final class DroppedProbes {
    private static final String SUFFIX = ".bpf.o";

    /** A hundred times the largest of ours; more is no probe, and is read into memory. */
    private static final long MOST_BYTES = 16 << 20;

    private final Path folder;
    private final Admission admission;
    private final List<Offer> offers = new ArrayList<>();
    private final Map<String, RefusedProbe> refused = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();

    DroppedProbes(Path folder, Admission admission) {
        this.folder = folder;
        this.admission = admission;
    }

    /** @param taken types of receivers that plugins offer, and which plugin does */
    void read(Map<String, String> taken) throws IOException {
        for (Path file : files()) {
            String type = type(file);
            String plugin = taken.get(type);
            if (!ComponentId.isType(type)) {
                broken.add(sentence(
                        file,
                        "'" + type + "' is no type for the YAML, which is a letter and up to 62 letters,"
                                + " digits or _; rename it, for example to " + type.replaceAll("[^0-9a-zA-Z_]", "_")
                                + SUFFIX));
            } else if (plugin != null) {
                broken.add(sentence(
                        file,
                        "the plugin " + plugin + " offers the receiver type '" + type + "' already; rename the file"));
            } else {
                offer(file, type);
            }
        }
    }

    /** Files whose name begins with a dot are not yet there: they are written under it and then renamed. */
    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> isProbe(entry.getFileName().toString()) && !Files.isDirectory(entry))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isProbe(String name) {
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    private static String type(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private void offer(Path file, String type) {
        try {
            checkFile(file);
            admission.check(folder, file);
            offers.add(new Offer(file.getFileName().toString(), DroppedProbe.read(type, Files.readAllBytes(file))));
        } catch (NoSuchFileException e) {
            refuse(file, type, "it leads nowhere; it is a symbolic link to a file that is not there");
        } catch (AccessDeniedException e) {
            refuse(file, type, "it cannot be read; give this user the right to read it");
        } catch (IOException e) {
            refuse(file, type, "it cannot be read: " + e.getMessage());
        } catch (ComponentException e) {
            refuse(file, type, String.valueOf(e.getMessage()));
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

    private void refuse(Path file, String type, String why) {
        String sentence = sentence(file, why);
        broken.add(sentence);
        refused.put(type, new RefusedProbe(type, sentence));
    }

    private static String sentence(Path file, String why) {
        return "probe " + file + " is refused: " + why;
    }

    List<Offer> offers() {
        return offers;
    }

    Map<String, RefusedProbe> refused() {
        return refused;
    }

    List<String> broken() {
        return broken;
    }
}
