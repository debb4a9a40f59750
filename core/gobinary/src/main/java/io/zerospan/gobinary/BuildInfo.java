package io.zerospan.gobinary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What {@code go version -m} prints: the Go release, the experiments it was built with, and the modules. */
record BuildInfo(String goVersion, int minor, boolean swissMaps, List<GoModule> modules) {
    /** Register arguments, inline build info and the table layouts read here exist since 1.18. */
    static final int OLDEST_MINOR = 18;

    /** Maps are Swiss tables from here on, unless the program was built with {@link #CLASSIC_MAPS}. */
    private static final int FIRST_WITH_SWISS_MAPS = 24;

    private static final String CLASSIC_MAPS = "noswissmap";

    /** The bytes ff and " Go bui", little-endian. */
    private static final long MAGIC_LOW = 0x697562206f4720ffL;
    /** "ldinf:"; pointer size and flags follow. */
    private static final long MAGIC_HIGH = 0x3a666e69646cL;

    /** What garble writes in the place of the version. */
    private static final String OBFUSCATED = "unknown";

    private static final int ALIGNMENT = 16;
    private static final int INLINE_STRINGS = 2;
    private static final int STRINGS_AT = 32;
    /** A program of 2,000 modules has 200 KiB. */
    private static final int MAX_TEXT_BYTES = 2 << 20;
    /** The linker puts 16 fixed bytes on both sides of the module text so that tools find it in memory. */
    private static final int MODULE_FRAME = 16;

    static BuildInfo read(Image image) throws GoBinaryException {
        image.reading("build info");
        // Programs that read build info themselves hold the magic in their constants too: look in the data first.
        List<Segment> order = new ArrayList<>(image.segments());
        order.sort(Comparator.comparing(segment -> !segment.writable()));
        GoBinaryException damaged = null;
        for (Segment segment : order) {
            long end = segment.offset() + segment.fileBytes();
            long from = segment.offset() + Math.floorMod(-segment.address(), ALIGNMENT);
            for (long at; (at = image.pages().find(MAGIC_LOW, from, end, ALIGNMENT)) >= 0; from = at + ALIGNMENT) {
                try {
                    if ((image.pages().i64(at + 8) & 0xffff_ffff_ffffL) != MAGIC_HIGH) continue;
                    return parse(image, segment.address() + at - segment.offset());
                } catch (GoBinaryException e) {
                    if (damaged == null) damaged = e;
                }
            }
        }
        if (damaged != null) throw damaged;
        throw ForeignProgram.notGo(image.pages());
    }

    private static BuildInfo parse(Image image, long address) throws GoBinaryException {
        if ((image.u8(address + 15) & INLINE_STRINGS) == 0) {
            throw new GoBinaryException(image.pages().file() + ": built with a Go older than 1." + OLDEST_MINOR
                    + ", which is not supported; rebuild it with a newer Go");
        }
        long at = address + STRINGS_AT;
        String version = Strings.counted(image, at, Strings.MAX_BYTES);
        byte[] modules = Strings.countedBytes(image, Strings.afterCounted(image, at), MAX_TEXT_BYTES);
        int minor = minor(version);
        if (version.equals(OBFUSCATED)) {
            throw new GoBinaryException(image.pages().file() + ": obfuscated, as garble does (its Go version is '"
                    + OBFUSCATED + "'): no name in it is known");
        }
        if (minor < 0) throw image.failure("Go version '" + version + "' is not understood", address);
        if (minor < OLDEST_MINOR) {
            throw new GoBinaryException(image.pages().file() + ": built with " + version + ", but Go 1." + OLDEST_MINOR
                    + " or newer is needed");
        }
        return new BuildInfo(shortVersion(version), minor, swissMaps(version), modules(unframed(modules)));
    }

    static boolean swissMaps(String version) {
        return minor(version) >= FIRST_WITH_SWISS_MAPS && !version.contains(CLASSIC_MAPS);
    }

    /** "go1.26.8 X:nodwarf5" → "go1.26.8"; development versions stay whole. */
    private static String shortVersion(String version) {
        int space = version.indexOf(' ');
        return version.startsWith("go1.") && space > 0 ? version.substring(0, space) : version;
    }

    static int minor(String version) {
        int at = version.indexOf("go1.");
        if (at < 0) return -1;
        int from = at + 4;
        int to = from;
        while (to < version.length() && to < from + 4 && Character.isDigit(version.charAt(to))) to++;
        return to == from ? -1 : Integer.parseInt(version, from, to, 10);
    }

    private static String unframed(byte[] text) {
        int length = text.length - 2 * MODULE_FRAME;
        return length <= 0 ? "" : new String(text, MODULE_FRAME, length, StandardCharsets.UTF_8);
    }

    static List<GoModule> modules(String text) {
        List<GoModule> modules = new ArrayList<>();
        String path = "";
        for (String line : text.split("\n", -1)) {
            String[] words = line.split("\t", -1);
            String name = words.length > 1 ? words[1] : "";
            String version = words.length > 2 ? words[2] : "";
            switch (words[0]) {
                case "path" -> path = name;
                case "mod", "dep" -> modules.add(new GoModule(name, version));
                case "=>" -> replaceLast(modules, version);
                default -> {} // build settings
            }
        }
        if (modules.isEmpty() && !path.isEmpty()) modules.add(new GoModule(path, ""));
        return List.copyOf(modules);
    }

    private static void replaceLast(List<GoModule> modules, String version) {
        if (modules.isEmpty()) return;
        int last = modules.size() - 1;
        modules.set(last, new GoModule(modules.get(last).path(), version));
    }
}
