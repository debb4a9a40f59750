package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects that are given to the kernel at the same time: most of a start is the verifier's. */
final class SideBySide {
    private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);

    /** The verifier takes some MB for each. */
    private static final int AT_ONCE = 4;

    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final List<Load> loads = new ArrayList<>();

    private record Load(String object, FutureTask<Optional<LoadedProbe>> task, Thread thread) {}

    /** Answers how many have begun. */
    int begin(String object, Callable<Optional<LoadedProbe>> load) {
        FutureTask<Optional<LoadedProbe>> task = new FutureTask<>(() -> {
            turns.acquire();
            try {
                return load.call();
            } finally {
                turns.release();
            }
        });
        Thread thread = new Thread(task, "probe " + object);
        thread.setDaemon(true);
        loads.add(new Load(object, task, thread));
        thread.start();
        return loads.size();
    }

    /** Waits for what the kernel says of an object. */
    boolean isLoaded(String object) {
        for (Load load : loads) {
            try {
                if (load.object.equals(object) && result(load).isPresent()) {
                    return true;
                }
            } catch (ComponentException e) {
                LOG.debug("{}: {}", object, e.getMessage()); // await() throws it
            }
        }
        return false;
    }

    /** Those that the kernel took, in the order of their beginnings. An interrupt ends those that are still at it. */
    List<LoadedProbe> await() throws ComponentException {
        List<LoadedProbe> loaded = new ArrayList<>();
        Optional<ComponentException> failure = Optional.empty();
        for (Load load : loads) {
            try {
                result(load).ifPresent(loaded::add);
            } catch (ComponentException e) {
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            loaded.forEach(LoadedProbe::close);
            throw failure.get();
        }
        return loaded;
    }

    private Optional<LoadedProbe> result(Load load) throws ComponentException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return load.task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    loads.forEach(other -> other.thread.interrupt());
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                return Optional.empty(); // before its turn
            }
            if (e.getCause() instanceof ComponentException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
