package io.zerospan.gobinary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a function can be probed.
 *
 * @param eligible every call of the function passes through its sites
 * @param reason why not, empty if eligible; the sites may be there all the same, for those who look
 * @param address of the function as linked, 0 if it is not in the binary
 * @param start where the arguments are still in the registers they came in
 * @param returns every return instruction
 */
public record HookSites(
        String symbol,
        boolean eligible,
        String reason,
        long address,
        @Nullable ProbeSite start,
        List<ProbeSite> returns) {

    public HookSites {
        returns = List.copyOf(returns);
    }

    static HookSites absent(String symbol, String reason) {
        return new HookSites(symbol, false, reason, 0, null, List.of());
    }
}
