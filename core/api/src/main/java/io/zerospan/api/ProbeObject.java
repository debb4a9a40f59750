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

    /** The object file that lies as a resource in the jar of {@code owner}. */
    public static ProbeObject resource(String name, Class<?> owner, String path, SpanShaper shaper) {
        try (InputStream in = owner.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException(path + " is missing in the jar of " + owner.getName());
            }
            return new ProbeObject(name, in.readAllBytes(), shaper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with hooks that only a configuration knows. */
    public ProbeObject planned(HookPlanner by) {
        return new ProbeObject(name, elf, shaper, constants, by);
    }
}
