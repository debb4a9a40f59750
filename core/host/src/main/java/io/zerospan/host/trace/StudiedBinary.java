package io.zerospan.host.trace;

import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.HookRules;
import java.util.ArrayList;
import java.util.List;

/** A binary with what was found in it for all probes at once. */
record StudiedBinary(GoBinary binary, FieldOffsets offsets, HookRules rules) {

    /** The functions that a probe names, then those that may stand in for them. */
    List<String> candidates(List<String> symbols) {
        List<String> candidates = new ArrayList<>(symbols);
        symbols.forEach(symbol -> candidates.addAll(rules.instead(symbol, binary)));
        return candidates;
    }

    /** Why the debug information has not helped, as an addition to another sentence. */
    String problem() {
        return offsets.debugProblem().isEmpty() ? "" : " (" + offsets.debugProblem() + ")";
    }
}
