package io.zerospan.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Go executable as a {@link HookPlanner} sees it. Addresses are as linked. */
public interface GoProgram {
    /** Its path, for messages. */
    String path();

    /** Such as {@code go1.26.8}. */
    String goVersion();

    /** {@code amd64} or {@code arm64}. */
    String architecture();

    /**
     * The functions of a name, or those that a glob matches: {@code *} stands for any characters but a slash, unless it is
     * a pointer's star as in {@code (*Cart)}, and {@code [...]} for any type arguments of a generic function.
     *
     * @param limit how many are wanted at most; one more tells that there are more
     */
    List<GoFunction> functions(String pattern, int limit);

    /** Why a function can't be probed; empty if it can. */
    String refusal(GoFunction function);

    /** Whether calls of a function were inlined: a probe on what is left of it misses them. */
    boolean isInlined(String symbol);

    /** Names of functions that one may have meant by {@code symbol}, the most similar first, at most three. */
    List<String> similar(String symbol);

    /**
     * Parameters and results of functions, the receiver first, as the debug information has them. A function that is not
     * in the answer is not known. Takes a quarter of a second, whatever the number of functions.
     */
    Map<GoFunction, List<GoVariable>> variables(Collection<GoFunction> functions);

    /** A type by a name qualified by its package's path, such as {@code *net/http.Request} or {@code int64}. */
    Optional<GoShape> type(String name);
}
