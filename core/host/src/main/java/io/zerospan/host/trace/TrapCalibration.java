package io.zerospan.host.trace;

import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.TrapCost;
import io.zerospan.libbpf.TrapTrial;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a trap costs on this machine, tried once, the first time somebody asks: then tracing has long begun. The thread
 * named "calibration" does it, because the kernel takes 0.1 to 0.2 s to give the two probes up.
 */
final class TrapCalibration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrapCalibration.class);

    private static final long STOP_MILLIS = 1_000;

    private final LibBpf lib;
    private final KernelFeatures kernel;
    private final Thread thread = new Thread(this::run, "calibration");
    private volatile Optional<TrapCost> cost = Optional.empty();
    private boolean asked;

    TrapCalibration(LibBpf lib, KernelFeatures kernel) {
        this.lib = lib;
        this.kernel = kernel;
    }

    /** Empty as long as it is not known. For one thread. */
    Optional<TrapCost> cost() {
        if (!asked) {
            asked = true;
            thread.setDaemon(true);
            thread.start();
        }
        return cost;
    }

    private void run() {
        try {
            cost = TrapTrial.run(lib, kernel);
            cost.ifPresent(found -> LOG.debug(
                    "a trap costs {} ns, and {} ns where the instruction is stepped",
                    found.emulatedNanos(),
                    found.steppedNanos()));
        } catch (RuntimeException e) {
            LOG.info("what a trap costs is not known: {}", e.toString());
        }
    }

    @Override
    public void close() {
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
