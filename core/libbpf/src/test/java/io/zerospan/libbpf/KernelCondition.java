package io.zerospan.libbpf;

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
        String reason = "kernel test " + context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName() + ": " + missing.get();
        if ("1".equals(System.getenv("ZEROSPAN_REQUIRE_KERNEL"))) {
            Assertions.fail(reason + "; ZEROSPAN_REQUIRE_KERNEL=1 makes this a failure");
        }
        System.err.println("SKIPPED " + reason);
        Assumptions.abort(reason);
    }

    private static Optional<String> missing() {
        try {
            KernelFeatures features = KernelFeatures.probe(LibBpf.load());
            if (!features.mayLoad()) {
                return Optional.of("needs root, or CAP_BPF and CAP_PERFMON");
            }
            if (!features.ringBuffer() || !features.bpfCookie()) {
                return Optional.of("kernel " + features.release() + " has no ring buffer or no cookies; needs 5.15");
            }
            return Optional.empty();
        } catch (BpfException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
