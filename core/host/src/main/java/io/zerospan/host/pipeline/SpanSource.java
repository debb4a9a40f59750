package io.zerospan.host.pipeline;

import io.zerospan.api.ComponentException;
import io.zerospan.host.trace.TraceEngine.Feed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What drives the pipelines: the kernel in earnest, anything in tests. */
public interface SpanSource extends AutoCloseable {

    /** Throws what will keep {@link #start} from working, as far as that can be known; touches nobody. */
    default void prepare() throws ComponentException {}

    /**
     * Takes a receiver in place of the one of the same id; the others go on. If it throws, nothing has changed.
     *
     * @param feed null for none
     */
    default void exchange(String receiver, @Nullable Feed feed) throws ComponentException {}

    void start() throws ComponentException;

    /** Stops and hands over all that is still under way. */
    @Override
    void close();

    /** Makes the source once the pipelines are known. */
    @FunctionalInterface
    interface Factory {
        SpanSource of(List<Feed> feeds);
    }
}
