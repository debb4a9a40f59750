package io.zerospan.api;

import java.util.Map;

/**
 * One compiled {@code .bpf.o}. Its hooks, Go fields and attributes are declared in its C source and read from its BTF.
 *
 * @param name for messages, such as {@code http_server}
 * @param elf the object file
 * @param shaper turns a record's attributes into a span by the conventions
 * @param constants values for {@code const volatile} variables of the object, by variable name, set before it is loaded
 */
public record ProbeObject(String name, byte[] elf, SpanShaper shaper, Map<String, Long> constants) {

    public ProbeObject(String name, byte[] elf, SpanShaper shaper) {
        this(name, elf, shaper, Map.of());
    }
}
