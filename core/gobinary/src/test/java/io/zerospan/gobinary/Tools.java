package io.zerospan.gobinary;

import java.io.IOException;
import org.opentest4j.TestAbortedException;

/** Programs that tests run: without them a test is skipped and says so; where everything must be tested, it fails. */
final class Tools {
    private Tools() {}

    static Process start(ProcessBuilder builder, String need) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            String reason = "these tests need " + need;
            if ("1".equals(System.getenv("ZEROSPAN_REQUIRE_KERNEL"))) throw new IOException(reason, e);
            System.err.println("SKIPPED: " + reason);
            throw new TestAbortedException(reason);
        }
    }
}
