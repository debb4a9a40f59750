package io.zerospan.host.trace;

import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.TrapCost;
import io.zerospan.libbpf.TrapTrial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a trap costs on this machine, tried once, the first time somebody asks: then tracing has long begun. */
final class TrapCalibration {
    private static final Logger LOG = LoggerFactory.getLogger(TrapCalibration.class);

    private final LibBpf lib;
    private final KernelFeatures kernel;
    private @Nullable Optional<TrapCost> cost;

    TrapCalibration(LibBpf lib, KernelFeatures kernel) {
        this.lib = lib;
        this.kernel = kernel;
    }

    Optional<TrapCost> cost() {
        Optional<TrapCost> known = cost;
        if (known == null) {
            known = TrapTrial.run(lib, kernel);
            cost = known;
            known.ifPresent(found -> LOG.debug(
                    "a trap costs {} ns, and {} ns where the instruction is stepped",
                    found.emulatedNanos(),
                    found.steppedNanos()));
        }
        return known;
    }
}
