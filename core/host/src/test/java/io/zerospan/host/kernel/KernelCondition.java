package io.zerospan.host.kernel;

import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides before each test of a {@link KernelTest}, so that every skipped test is counted. */
final class KernelCondition implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        Optional<String> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        String reason = "kernel test " + context.getDisplayName() + ": " + missing.get();
        if ("1".equals(System.getenv("ZEROSPAN_REQUIRE_KERNEL"))) {
            Assertions.fail(reason + "; ZEROSPAN_REQUIRE_KERNEL=1 makes this a failure");
        }
        System.err.println("SKIPPED " + reason);
        Assumptions.abort(reason);
    }

    private static Optional<String> missing() {
        try {
            KernelFeatures features = KernelFeatures.probe(LibBpf.load());
            return features.mayLoad() && features.initialPidNamespace()
                    ? Optional.empty()
                    : Optional.of("needs root in the initial pid namespace");
        } catch (BpfException e) {
            return Optional.of(e.getMessage());
        }
    }
}
