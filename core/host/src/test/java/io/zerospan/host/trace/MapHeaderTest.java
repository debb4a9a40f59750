package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shapes of the shared maps and the counters, against {@code maps.h}, {@code record.h} and {@code context_chain.h}. */
class MapHeaderTest {
    /** What is lost, as the comment behind each counter begins; it is part of the counter's name. */
    private static final Set<String> LOST = Set.of("span", "attribute", "parent");

    @TempDir
    Path folder;

    @Test
    void shapes_ofTheSharedMaps_equalTheHeaders() {
        Map<String, Long> java = new LinkedHashMap<>();
        java.put("sizeof(struct zs_key)", (long) SharedMaps.KEY_BYTES);
        java.put("sizeof(struct zs_entry)", (long) SharedMaps.ENTRY_BYTES);
        java.put("sizeof(struct zs_settings)", (long) SharedMaps.SETTINGS_BYTES);
        java.put("sizeof(struct zs_slot)", (long) SharedMaps.SLOT_BYTES);
        java.put("ZS_SLOTS * ZS_CPUS_MAX", (long) SharedMaps.SLOTS);
        java.put("sizeof(struct zs_tracestate)", (long) SharedMaps.TRACESTATE_BYTES);
        java.put("ZS_TRACESTATES_MAX", (long) SharedMaps.TRACESTATES);
        java.put("ZS_EXECUTABLES_MAX", (long) SharedMaps.EXECUTABLES);
        java.put("ZS_LOSSES", (long) LossCounters.NAMES.size());
        java.put("ZS_COUNTERS", (long) SharedMaps.COUNTERS);
        assertThat(new Headers(folder).values(java.keySet())).isEqualTo(java);
    }

    @Test
    void bytesThatTheHostReadsAndWrites_lieWhereTheHeadersSay() {
        Map<String, Long> java = new LinkedHashMap<>();
        java.put("offsetof(struct zs_entry, owner_tgid)", (long) SharedMaps.ENTRY_AT_OWNER);
        java.put("offsetof(struct zs_settings, armed)", 0L);
        java.put("sizeof(((struct zs_settings *)0)->armed)", (long) Integer.BYTES);
        java.put("offsetof(struct zs_key, id)", 0L);
        java.put("offsetof(struct zs_key, tgid)", 8L);
        java.put("offsetof(struct zs_key, kind)", 12L);
        java.put("ZS_KEY_GOROUTINE", (long) SharedMaps.KEY_GOROUTINE);
        java.put("ZS_COOKIE_RETURN", ProbePlan.RETURN_SITE);
        java.put("ZS_COOKIE_CALLER", ProbePlan.CALLER_SITE);
        java.put("ZS_COOKIE_STACK_CHECK", ProbePlan.STACK_CHECK);
        java.put("ZS_KEY_PROCESS", (long) SharedMaps.KEY_PROCESS);
        java.put("ZS_KEY_OWN_SPANS", (long) SharedMaps.KEY_OWN_SPANS);
        java.put("ZS_WAVE_SHIFT", (long) ProbePlan.WAVE_SHIFT);
        assertThat(new Headers(folder).values(java.keySet())).isEqualTo(java);
    }

    @Test
    void openSpans_lieWhereTheHeadersSay() {
        Map<String, Long> java = new LinkedHashMap<>();
        java.put("ZS_STACK_MAX", (long) OpenSpans.FRAMES);
        java.put("sizeof(struct zs_frame)", (long) OpenSpans.FRAME_BYTES);
        java.put("offsetof(struct zs_entry, key.tgid)", (long) OpenSpans.AT_KEY_TGID);
        java.put("offsetof(struct zs_entry, sequence)", (long) OpenSpans.AT_SEQUENCE);
        java.put("offsetof(struct zs_entry, depth)", (long) OpenSpans.AT_DEPTH);
        java.put("offsetof(struct zs_entry, process_start_ns)", (long) OpenSpans.AT_PROCESS_START);
        java.put("offsetof(struct zs_entry, trace_id)", (long) OpenSpans.AT_TRACE_ID);
        java.put("offsetof(struct zs_entry, base_parent)", (long) OpenSpans.AT_BASE_PARENT);
        java.put("offsetof(struct zs_entry, frames)", (long) OpenSpans.AT_FRAMES);
        java.put("offsetof(struct zs_frame, span_id)", 0L);
        java.put("offsetof(struct zs_frame, start_ns)", (long) OpenSpans.FRAME_AT_START);
        java.put("offsetof(struct zs_frame, hook)", (long) OpenSpans.FRAME_AT_HOOK);
        java.put("offsetof(struct zs_frame, hook) + 4", (long) OpenSpans.FRAME_AT_FLAGS); // a bit field has no offset
        java.put("ZS_END_EXIT", (long) OpenSpans.END_EXIT);
        assertThat(new Headers(folder).values(java.keySet())).isEqualTo(java);
    }

    @Test
    void tableOfContextTypes_hasTheHeadersShape() {
        Map<String, Long> java = new LinkedHashMap<>();
        java.put("ZS_CONTEXT_TYPES", (long) ContextTypeTable.SLOTS);
        java.put("sizeof(zs_context_types)", (long) ContextTypeTable.SLOTS * ContextTypeTable.SLOT_BYTES);
        java.put("offsetof(struct zs_context_type, type)", 0L);
        java.put("offsetof(struct zs_context_type, parent)", 8L);
        assertThat(new Headers(folder).values(java.keySet())).isEqualTo(java);
    }

    /**
     * One rule: a counter's name has the words of its constant without ZS_LOST or ZS, and what the comment says is lost.
     * The order of both lists is the counter's index.
     */
    @Test
    void counters_inOrder_areNamedAfterTheirConstants() {
        Map<String, String> constants = Headers.members("maps.h", "zs_counter");
        assertThat(constants.remove("ZS_COUNTERS")).isNotNull();
        constants.keySet().removeIf(name -> name.startsWith("ZS_OUT_"));
        List<Set<String>> expected = constants.entrySet().stream()
                .map(entry -> words(entry.getKey(), entry.getValue()))
                .toList();
        assertThat(LossCounters.NAMES.stream().map(MapHeaderTest::words).toList())
                .isEqualTo(expected);
    }

    @Test
    void countersOfPropagation_inOrder_areTheirConstants() {
        assertThat(PropagationCounters.NAMES.stream()
                        .map(name -> "ZS_OUT_" + (name.way() + "_" + name.result()).toUpperCase(java.util.Locale.ROOT)))
                .containsExactlyElementsOf(Headers.members("maps.h", "zs_counter").keySet().stream()
                        .filter(name -> name.startsWith("ZS_OUT_"))
                        .toList());
    }

    @Test
    void counters_areNumberedFromZeroWithoutGaps() {
        Map<String, Long> values = new Headers(folder)
                .values(Headers.members("maps.h", "zs_counter").keySet());
        assertThat(values.values().stream().mapToLong(value -> value))
                .containsExactly(java.util.stream.LongStream.range(0, values.size())
                        .boxed()
                        .toArray(Long[]::new));
    }

    private static Set<String> words(String constant, String comment) {
        Set<String> words = words(constant.toLowerCase(java.util.Locale.ROOT));
        words.removeAll(Set.of("zs", "lost"));
        String lost = comment.substring(0, comment.indexOf(':'));
        if (LOST.contains(lost)) {
            words.add(lost);
        }
        return words;
    }

    private static Set<String> words(String name) {
        return new TreeSet<>(Arrays.asList(name.split("_")));
    }
}
