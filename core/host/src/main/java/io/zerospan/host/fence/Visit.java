package io.zerospan.host.fence;

import io.zerospan.api.ComponentException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A call into a plugin on a thread of its own: what blocks there, or throws, or eats the memory, does not reach the caller.
 * What never comes back is left behind; Java can't end a thread that does not want to.
 */
public final class Visit<T> {
    /** Ports, files and connections take far less; a start that takes longer will not come to an end. */
    public static final Duration START = Duration.ofSeconds(10);

    private final String name;
    private final FutureTask<T> task;
    private final Thread thread;

    private Visit(String name, @Nullable ClassLoader plugin, Callable<T> work) {
        this.name = name;
        this.task = new FutureTask<>(work);
        this.thread = new Thread(task, name);
        thread.setDaemon(true);
        if (plugin != null) {
            thread.setContextClassLoader(plugin);
        }
    }

    /** @param name of the thread, and of what is done in messages */
    public static <T> Visit<T> begin(String name, @Nullable ClassLoader plugin, Callable<T> work) {
        Visit<T> visit = new Visit<>(name, plugin, work);
        visit.thread.start();
        return visit;
    }

    /** From its begin to its end. */
    public static <T> T to(String name, Duration limit, @Nullable ClassLoader plugin, Callable<T> work)
            throws ComponentException {
        return begin(name, plugin, work).await(limit);
    }

    public T await(Duration limit) throws ComponentException {
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new PluginFaultException(
                    name + ": it did not come back within " + limit.toMillis() + " ms and is left behind", e);
        } catch (ExecutionException e) {
            throw failure(name, Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new PluginFaultException(name + ": the host stops", e);
        }
    }

    private static ComponentException failure(String name, Throwable cause) {
        if (cause instanceof ComponentException told) {
            return new ComponentException(name + ": " + told.getMessage(), told);
        }
        if (cause instanceof OutOfMemoryError) {
            return new PluginFaultException(name + ": it wants more memory than the host has", cause);
        }
        return new PluginFaultException(name + ": " + cause, cause);
    }
}
