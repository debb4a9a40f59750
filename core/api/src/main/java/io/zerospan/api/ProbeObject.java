package io.zerospan.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One compiled {@code .bpf.o}. Its hooks, Go fields and attributes are declared in its C source and read from its BTF.
 *
 * @param name for messages, such as {@code http_server}
 * @param elf the object file
 * @param shaper turns a record's attributes into a span by the conventions
 * @param constants values for {@code const volatile} variables of the object, by variable name, set before it is loaded
 * @param planner where its planned hooks go, null if it has none
 */
public record ProbeObject(
        String name,
        byte[] elf,
        SpanShaper shaper,
        Map<String, Long> constants,
        @Nullable HookPlanner planner) {
    public ProbeObject(String name, byte[] elf, SpanShaper shaper, Map<String, Long> constants) {
        this(name, elf, shaper, constants, null);
    }

    public ProbeObject(String name, byte[] elf, SpanShaper shaper) {
        this(name, elf, shaper, Map.of());
    }

    /**
     * The object file that lies as a resource in the jar of {@code owner}: of {@code /cart.bpf.o} the one for this
     * machine, {@code /cart.x86.bpf.o} or {@code /cart.arm64.bpf.o}, else the one of that very name.
     */
    public static ProbeObject resource(String name, Class<?> owner, String path, SpanShaper shaper) {
        String here = path.replaceFirst("\\.bpf\\.o$", "." + architecture() + ".bpf.o");
        try (InputStream ofThisMachine = owner.getResourceAsStream(here);
                InputStream ofAny = owner.getResourceAsStream(path)) {
            InputStream in = ofThisMachine == null ? ofAny : ofThisMachine;
            if (in == null) {
                throw new IllegalArgumentException(
                        path + " is missing in the jar of " + owner.getName() + ", and so is " + here);
            }
            return new ProbeObject(name, in.readAllBytes(), shaper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What this machine is called in {@code __TARGET_ARCH_x86}: registers differ, so that each needs its own object. */
    public static String architecture() {
        String java = System.getProperty("os.arch", "");
        return switch (java) {
            case "amd64" -> "x86";
            case "aarch64" -> "arm64";
            default -> java;
        };
    }

    /** The same with hooks that only a configuration knows. */
    public ProbeObject planned(HookPlanner by) {
        return new ProbeObject(name, elf, shaper, constants, by);
    }
}
