package io.zerospan.host.trace;

import java.util.List;

/** Names of what becomes of spans on their way out, in the order of {@code enum zs_counter}, behind the losses. */
final class PropagationCounters {
    /** @param way by which the span would travel, or {@code application}, whose own header goes before */
    record Name(String way, String result) {}

    static final List<Name> NAMES = List.of(
            new Name("connection", "taken"),
            new Name("application", "own_header"),
            new Name("application", "own_unknown"),
            new Name("socket", "written"),
            new Name("socket", "unfit"),
            new Name("socket", "busy"),
            new Name("socket", "failed"),
            new Name("memory", "written"),
            new Name("memory", "unfit"),
            new Name("memory", "failed"),
            new Name("socket", "tracestate_unfit"),
            new Name("memory", "tracestate_unfit"));

    static final int FIRST = LossCounters.NAMES.size();

    private PropagationCounters() {}
}
