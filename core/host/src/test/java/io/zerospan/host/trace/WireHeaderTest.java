package io.zerospan.host.trace;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Wire} and {@code wire.h} are written by hand on both sides: here they cannot drift apart. */
class WireHeaderTest {
    /** Each constant of {@link Wire} that has a twin, and the C expression of that twin. */
    private static final Map<String, String> TWINS = Map.ofEntries(
            entry("ABI", "ZS_ABI"),
            entry("TYPE_OWN_SPANS", "ZS_TYPE_OWN_SPANS"),
            entry("TYPE_EXEC", "ZS_TYPE_EXEC"),
            entry("TYPE_EXIT", "ZS_TYPE_EXIT"),
            entry("AT_ABI", "offsetof(struct zs_event, abi)"),
            entry("AT_TYPE", "offsetof(struct zs_event, type)"),
            entry("AT_LENGTH", "offsetof(struct zs_event, length)"),
            entry("AT_TGID", "offsetof(struct zs_event, tgid)"),
            entry("AT_KIND", "offsetof(struct zs_event, kind)"),
            entry("AT_FLAGS", "offsetof(struct zs_event, flags)"),
            entry("AT_ATTRIBUTES", "offsetof(struct zs_event, attrs)"),
            entry("AT_END_REASON", "offsetof(struct zs_event, end)"),
            entry("AT_GOID", "offsetof(struct zs_event, goid)"),
            entry("AT_START", "offsetof(struct zs_event, start_ns)"),
            entry("AT_END", "offsetof(struct zs_event, end_ns)"),
            entry("AT_TRACE_ID", "offsetof(struct zs_event, trace_id)"),
            entry("AT_SPAN_ID", "offsetof(struct zs_event, span_id)"),
            entry("AT_PARENT_ID", "offsetof(struct zs_event, parent_id)"),
            entry("AT_PROCESS_START", "offsetof(struct zs_event, process_start_ns)"),
            entry("EVENT_BYTES", "sizeof(struct zs_event)"),
            entry("NEWS_AT_PROCESS_START", "offsetof(struct zs_process_news, process_start_ns)"),
            entry("NEWS_BYTES", "sizeof(struct zs_process_news)"),
            entry("FLAG_REMOTE_PARENT", "ZS_EVENT_REMOTE_PARENT"),
            entry("FLAG_ABANDONED", "ZS_EVENT_ABANDONED"),
            entry("FLAG_UNSAMPLED", "ZS_EVENT_UNSAMPLED"),
            entry("FLAG_DECIDED", "ZS_EVENT_DECIDED"),
            entry("FLAG_SILENT", "ZS_EVENT_SILENT"),
            entry("FLAG_LINKED", "ZS_EVENT_LINKED"),
            entry("FLAG_TRACESTATE", "ZS_EVENT_TRACESTATE"),
            entry("FLAG_ADOPTED", "ZS_EVENT_ADOPTED"),
            entry("NAME_BYTES", "ZS_NAME_BYTES"),
            entry("ATTRIBUTE_BYTES", "sizeof(struct zs_attr)"),
            entry("ATTRIBUTE_AT_TYPE", "offsetof(struct zs_attr, type)"),
            entry("ATTRIBUTE_AT_FLAGS", "offsetof(struct zs_attr, flags)"),
            entry("ATTRIBUTE_AT_LENGTH", "offsetof(struct zs_attr, length)"),
            entry("ATTRIBUTE_CUT", "ZS_ATTR_CUT"));

    /** A choice of the host, and the size of a value that no struct describes. */
    private static final Set<String> WITHOUT_TWIN = Set.of("LAST_OBJECT_TYPE", "ADDRESS_BYTES", "LINK_BYTES");

    @TempDir
    Path folder;

    private static Map<String, Long> wire() {
        Map<String, Long> constants = new TreeMap<>();
        for (Field field : Wire.class.getDeclaredFields()) {
            try {
                constants.put(field.getName(), ((Integer) field.get(null)).longValue());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return constants;
    }

    @Test
    void wire_everyConstant_equalsItsTwinInC() {
        Map<String, Long> java = wire();
        java.keySet().removeAll(WITHOUT_TWIN);
        Map<String, Long> values = new Headers(folder).values(TWINS.values());
        Map<String, Long> c = new TreeMap<>();
        TWINS.forEach((constant, expression) -> c.put(constant, values.get(expression)));
        assertThat(java).isEqualTo(c);
    }

    @Test
    void newsOfProcesses_beginLikeSpans() {
        Map<String, Long> offsets = new Headers(folder)
                .values(List.of(
                        "offsetof(struct zs_process_news, abi)",
                        "offsetof(struct zs_process_news, type)",
                        "offsetof(struct zs_process_news, length)",
                        "offsetof(struct zs_process_news, tgid)"));
        assertThat(offsets.values())
                .containsExactly((long) Wire.AT_ABI, (long) Wire.AT_TYPE, (long) Wire.AT_LENGTH, (long) Wire.AT_TGID);
    }

    @Test
    void flagsAndReservedTypes_areAllKnownToTheHost() {
        Set<String> members = new java.util.TreeSet<>();
        for (String name : List.of("zs_reserved_type", "zs_event_flags", "zs_attr_flags")) {
            members.addAll(Headers.members("wire.h", name).keySet());
        }
        assertThat(TWINS.values()).containsAll(members);
    }

    @Test
    void endsOfAbandonedSpans_haveTheSameNamesAndNumbers() {
        Map<String, Long> java = new LinkedHashMap<>();
        for (String end : EventDecoder.ENDS) {
            java.put("ZS_END_" + end.replace("process_", "").toUpperCase(Locale.ROOT), java.size() + 1L);
        }
        assertThat(java)
                .isEqualTo(new Headers(folder)
                        .values(Headers.members("wire.h", "zs_end").keySet()));
    }

    @Test
    void attributeTypes_haveTheSameNamesAndNumbers() {
        Map<String, Long> java = Arrays.stream(AttributeType.values())
                .collect(Collectors.toMap(type -> "ZS_ATTR_" + type.name(), type -> (long) type.code()));
        assertThat(java)
                .isEqualTo(new Headers(folder)
                        .values(Headers.members("wire.h", "zs_attr_type").keySet()));
    }

    @Test
    void spanKinds_haveTheSameNamesAndNumbers() throws DecodeException {
        Map<String, Long> java = new LinkedHashMap<>();
        Map<String, Long> c =
                new Headers(folder).values(Headers.members("wire.h", "zs_kind").keySet());
        for (long number : c.values()) {
            java.put("ZS_" + EventBuilder.anEvent().kind((int) number).decode().getKind(), number);
        }
        assertThat(java).isEqualTo(c);
    }

    @Test
    void reservedTypes_lieBehindThoseGivenToObjects() {
        assertThat(Wire.LAST_OBJECT_TYPE).isLessThan(Wire.TYPE_OWN_SPANS);
    }
}
