package io.zerospan.gobinary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a function can be probed.
 *
 * @param eligible every call of the function passes through its sites
 * @param reason why not, empty if eligible; the sites may be there all the same, for those who look
 * @param present the program has the function, if only as copies inlined into others
 * @param address of the function as linked, 0 if it has none
 * @param start where the arguments are still in the registers they came in
 * @param returns every return instruction
 * @param ends the cheapest sites of which each call passes one when it returns, the results still in their registers:
 *     behind the calls in all callers, or the returns
 */
public record HookSites(
        String symbol,
        boolean eligible,
        String reason,
        boolean present,
        long address,
        @Nullable ProbeSite start,
        List<ProbeSite> returns,
        List<ProbeSite> ends) {

    public HookSites {
        returns = List.copyOf(returns);
        ends = List.copyOf(ends);
    }

    HookSites endingAt(List<ProbeSite> others) {
        return new HookSites(symbol, eligible, reason, present, address, start, returns, others);
    }

    /** The linker has left the function out: nobody calls it. */
    static HookSites absent(String symbol) {
        return refused(symbol, symbol + " is not in the binary", false);
    }

    /** The function is there, somehow, but cannot be probed. */
    static HookSites refused(String symbol, String reason) {
        return refused(symbol, reason, true);
    }

    private static HookSites refused(String symbol, String reason, boolean present) {
        return new HookSites(symbol, false, reason, present, 0, null, List.of(), List.of());
    }
}
