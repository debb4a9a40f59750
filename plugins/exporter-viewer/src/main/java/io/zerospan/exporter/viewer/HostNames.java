package io.zerospan.exporter.viewer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names under which a browser may ask. A page from elsewhere can let its own name point to 127.0.0.1 (DNS rebinding)
 * and would then read traces as if it were ours; its requests still carry its own name in {@code Host}.
 */
record HostNames(String configured, boolean loopbackOnly) {

    boolean accepts(@Nullable String hostHeader) {
        if (!loopbackOnly) {
            return true; // listening to the network was chosen; the names people use there are not known here
        }
        if (hostHeader == null) {
            return false;
        }
        String host = hostHeader.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals(configured.toLowerCase(Locale.ROOT));
    }
}
