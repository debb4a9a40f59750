package io.zerospan.exporter.otlp;

import java.util.regex.Pattern;

/** What to do where the failure itself, of the HTTP client or of Java's TLS, tells only what it saw. */
final class Advice {
    /** What the client says of an answer that is not HTTP/2: of HTTP/1, or an alert of TLS. */
    private static final Pattern NO_HTTP2 =
            Pattern.compile("FRAME_SIZE_ERROR|SETTINGS preface not received|ConnectionShutdownException");

    private Advice() {}

    /** To go behind the failure's text; empty if it says enough. */
    static String on(String failure) {
        if (NO_HTTP2.matcher(failure).find()) {
            return "; is it a port for gRPC without TLS? else write https:// before the address, or use otlphttp";
        }
        if (failure.contains("Unsupported or unrecognized SSL message")) {
            return "; the other end does not speak TLS: write http:// before its address to do without";
        }
        return failure.contains("PKIX path building failed")
                ? "; nobody whom Java trusts has signed its certificate: name who has in tls::ca_file"
                : "";
    }
}
