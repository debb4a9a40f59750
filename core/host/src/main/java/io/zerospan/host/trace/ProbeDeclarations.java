package io.zerospan.host.trace;

import io.opentelemetry.api.trace.SpanKind;
import io.zerospan.api.ComponentException;
import io.zerospan.api.Stability;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.libbpf.ProbeTags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a probe's C source declares, read from the tags in its BTF; see {@code bpf/include/zerospan/tags.h}.
 *
 * @param planned programs whose functions the receiver names for each executable
 * @param attributes in the order of their ids, which begin at 1
 * @param spanName a {@link SpanName}
 * @param kind of a span whose function never returned
 * @param constants attributes that are the same in each span
 */
record ProbeDeclarations(
        String object,
        List<Hook> hooks,
        List<Hook> planned,
        List<Field> fields,
        List<TypeAddress> types,
        List<Attribute> attributes,
        String spanName,
        SpanKind kind,
        Map<String, String> constants,
        About about) {

    /** Ids are 16 bits on the wire; no span has use for more. */
    private static final int MOST_ATTRIBUTES = 256;

    private static final String PREFIX = "zs:";

    enum Point {
        START,
        RETURN
    }

    /**
     * @param symbols candidates, best first
     * @param required false if the object is of use in a program that does not contain the function
     * @param last a function; returns straight behind its calls are left to the program at its start; empty if none
     */
    record Hook(String program, Point point, List<String> symbols, boolean required, String last) {
        Hook(String program, Point point, List<String> symbols, boolean required) {
            this(program, point, symbols, required, "");
        }

        Hook(String program, Point point, List<String> symbols) {
            this(program, point, symbols, true);
        }
    }

    /** The hooks on whose returns a program runs wherever it does not run at this start; none for most. */
    List<Hook> unless(Hook start) {
        return hooks.stream()
                .filter(hook -> start.point() == Point.START && start.symbols().contains(hook.last()))
                .toList();
    }

    /** @param path names of fields parted by dots; of {@code a|b} the first that the binary has */
    record Field(String variable, String struct, String path, boolean required) {
        FieldOffsets.Field wanted() {
            return new FieldOffsets.Field(struct, path);
        }
    }

    record TypeAddress(String variable, String type) {}

    record Attribute(String variable, AttributeType type, String name) {}

    /** What a probe without Java says of itself. */
    record About(String text, Stability stability) {
        static final About NOTHING = new About("", Stability.DEVELOPMENT);
    }

    static ProbeDeclarations read(String object, ProbeTags tags) throws ComponentException {
        List<Hook> hooks = new ArrayList<>();
        List<Hook> planned = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<TypeAddress> types = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        Map<String, String> constants = new LinkedHashMap<>();
        About about = About.NOTHING;
        String spanName = object;
        SpanKind kind = SpanKind.INTERNAL;
        for (ProbeTags.Tag tag : tags.tags()) {
            if (!tag.text().startsWith(PREFIX)) {
                continue;
            }
            String[] part = tag.text().substring(PREFIX.length()).split(":", 2);
            String rest = part.length == 2 ? part[1] : "";
            if (rest.isBlank()) {
                throw malformed(object, tag);
            }
            switch (part[0]) {
                case "start" -> hooks.add(hook(tag, Point.START, rest, true));
                case "return" -> hooks.add(hook(tag, Point.RETURN, rest, true));
                case "optional_start" -> hooks.add(hook(tag, Point.START, rest, false));
                case "optional_return" -> hooks.add(hook(tag, Point.RETURN, rest, false));
                case "planned" -> planned.add(new Hook(tag.name(), word(Point.class, object, tag, rest), List.of()));
                case "field" -> fields.add(field(object, tag, rest, true));
                case "optional_field" -> fields.add(field(object, tag, rest, false));
                case "type" -> types.add(new TypeAddress(tag.name(), rest));
                case "attr" -> attributes.add(attribute(object, tag, rest));
                case "span" -> spanName = rest;
                case "kind" -> kind = word(SpanKind.class, object, tag, rest);
                case "const" -> constant(object, tag, rest, constants);
                case "about" -> about = new About(rest, about.stability());
                case "stability" -> about = new About(about.text(), word(Stability.class, object, tag, rest));
                case ObjectCheck.ABI_WORD, ObjectCheck.ARCH_WORD -> {} // compared before anything else is believed
                default -> throw malformed(object, tag);
            }
        }
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new ComponentException("%s: declares %d attributes; at most %d are possible"
                    .formatted(object, attributes.size(), MOST_ATTRIBUTES));
        }
        return new ProbeDeclarations(
                object,
                List.copyOf(hooks),
                List.copyOf(planned),
                List.copyOf(fields),
                List.copyOf(types),
                List.copyOf(attributes),
                spanName,
                kind,
                Collections.unmodifiableMap(constants),
                about);
    }

    /** What is declared of one planned function. */
    ProbeDeclarations of(String span, SpanKind spanKind, List<Attribute> itsAttributes) {
        return new ProbeDeclarations(
                object, hooks, planned, fields, types, itsAttributes, span, spanKind, constants, about);
    }

    private static Hook hook(ProbeTags.Tag tag, Point point, String symbols, boolean required) {
        String[] unless = symbols.split(" unless ", 2);
        return new Hook(
                tag.name(), point, List.of(unless[0].split("\\|")), required, unless.length == 2 ? unless[1] : "");
    }

    private static Field field(String object, ProbeTags.Tag tag, String rest, boolean required)
            throws ComponentException {
        int colon = rest.lastIndexOf(':');
        if (colon <= 0 || colon + 1 == rest.length()) {
            throw malformed(object, tag);
        }
        return new Field(tag.name(), rest.substring(0, colon), rest.substring(colon + 1), required);
    }

    private static Attribute attribute(String object, ProbeTags.Tag tag, String rest) throws ComponentException {
        int colon = rest.indexOf(':');
        AttributeType type =
                colon < 0 ? null : AttributeType.named(rest.substring(0, colon)).orElse(null);
        if (type == null || colon + 1 == rest.length()) {
            throw malformed(object, tag);
        }
        return new Attribute(tag.name(), type, rest.substring(colon + 1));
    }

    private static void constant(String object, ProbeTags.Tag tag, String rest, Map<String, String> constants)
            throws ComponentException {
        int equal = rest.indexOf('=');
        if (equal <= 0) {
            throw malformed(object, tag);
        }
        constants.put(rest.substring(0, equal), rest.substring(equal + 1));
    }

    private static <E extends Enum<E>> E word(Class<E> words, String object, ProbeTags.Tag tag, String word)
            throws ComponentException {
        for (E value : words.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        throw malformed(object, tag);
    }

    private static ComponentException malformed(String object, ProbeTags.Tag tag) {
        return new ComponentException("%s: declaration '%s' of %s is not known to this host; rebuild the probe against"
                        .formatted(object, tag.text(), tag.name())
                + " this host's zerospan/probe.bpf.h");
    }
}
