package io.zerospan.host.plugin;

import io.zerospan.api.ComponentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The only files that may be loaded, as {@code sha256sum} lists them, by names relative to the plugins folder.
 *
 * @param list the file that they stand in; null if everything may be loaded
 * @param sums in lower case, by name
 */
record Checksums(@Nullable Path list, Map<String, String> sums) {
    static final Checksums ANYTHING = new Checksums(null, Map.of());

    /** The second space is a star for binary files, which makes no difference here. */
    private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](?:\\./)?(.+)");

    static Checksums read(Path list) throws ComponentException {
        Map<String, String> sums = new HashMap<>();
        try {
            List<String> lines = Files.readAllLines(list);
            for (int i = 0; i < lines.size(); i++) {
                Matcher line = LINE.matcher(lines.get(i));
                if (!line.matches()) {
                    throw new ComponentException("read checksums of plugins from " + list + ": line " + (i + 1)
                            + " is no checksum and name; make the list by sha256sum in the plugins folder");
                }
                sums.put(line.group(2), line.group(1).toLowerCase(Locale.ROOT));
            }
        } catch (IOException e) {
            throw new ComponentException("read checksums of plugins from " + list + ": " + e, e);
        }
        return new Checksums(list, Map.copyOf(sums));
    }

    /** Refuses a plugin unless each of its files is on the list and as it was then. */
    void check(Path folder, Path plugin) throws IOException, ComponentException {
        if (list == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(plugin, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                checkFile(folder.relativize(file).toString(), file);
            }
        }
    }

    private void checkFile(String name, Path file) throws IOException, ComponentException {
        String expected = sums.get(name);
        if (expected == null) {
            throw new ComponentException(name + " is not on the list " + list
                    + " of what may be loaded; add the line that sha256sum prints of it, or remove it");
        }
        String found = sum(file);
        if (!found.equals(expected)) {
            throw new ComponentException(name + " has the checksum " + found + ", on the list " + list + " it has "
                    + expected + "; put back the file that was checked");
        }
    }

    private static String sum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return sum(in);
        }
    }

    static String sum(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
