package io.zerospan.processor.headercontext;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.Config;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers the probes read besides a parent's, and what becomes of them. */
final class Capture {
    private static final String REQUEST = "http.request.header.";
    private static final String RESPONSE = "http.response.header.";
    private static final String BAGGAGE = "baggage";

    /** What lets its holder in, by the names in use. */
    static final List<String> SECRET = List.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "x-api-key",
            "x-auth-token",
            "x-amz-security-token",
            "x-csrf-token");

    private static final List<String> REDACTED = List.of("REDACTED");

    /** RFC 9110's token. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final CapturedHeaders headers = new CapturedHeaders();
    private final Set<String> secret = new LinkedHashSet<>();
    private final boolean baggage;
    private final boolean baggageListed;

    private Capture(Set<String> request, Set<String> response, List<String> secret, boolean baggage) {
        request.forEach(name -> headers.add(name, CapturedHeaders.SERVER_REQUEST | CapturedHeaders.CLIENT_REQUEST));
        response.forEach(name -> headers.add(name, CapturedHeaders.SERVER_RESPONSE | CapturedHeaders.CLIENT_RESPONSE));
        if (baggage) {
            headers.add(BAGGAGE, CapturedHeaders.SERVER_REQUEST);
        }
        secret.forEach(name -> {
            this.secret.add(REQUEST + name.toLowerCase(Locale.ROOT));
            this.secret.add(RESPONSE + name.toLowerCase(Locale.ROOT));
        });
        this.baggage = baggage;
        this.baggageListed = request.contains(BAGGAGE);
    }

    static Capture nothing() {
        return new Capture(Set.of(), Set.of(), SECRET, false);
    }

    static Capture read(Config config, boolean baggage) {
        Set<String> request = names(config, "request");
        Set<String> response = names(config, "response");
        List<String> secret = config.strings("redact", SECRET);
        Capture capture = new Capture(request, response, secret, baggage);
        if (capture.headers.size() > CapturedHeaders.MAX_NAMES) {
            config.reject(
                    request.isEmpty() ? "response" : "request",
                    capture.headers.size() + " headers in all are more than " + CapturedHeaders.MAX_NAMES
                            + ", for which the probes have room");
            return nothing();
        }
        return capture;
    }

    private static Set<String> names(Config config, String key) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : config.strings(key, List.of())) {
            if (name.length() > CapturedHeaders.LONGEST_NAME
                    || !NAME.matcher(name).matches()) {
                config.reject(
                        key,
                        "'" + name + "' is no name of a header of at most " + CapturedHeaders.LONGEST_NAME
                                + " characters");
            } else {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        return Collections.unmodifiableSet(names);
    }

    boolean isEmpty() {
        return headers.size() == 0;
    }

    Map<String, List<Long>> tables() {
        return headers.tables();
    }

    /** The span with secrets out of sight and baggage taken apart. Doing so again changes nothing. */
    SpanData shape(SpanData span) {
        Attributes before = span.getAttributes();
        AttributesBuilder after = before.toBuilder();
        boolean changed = false;
        for (AttributeKey<?> key : before.asMap().keySet()) {
            if (secret.contains(key.getKey())) {
                after.put(AttributeKey.stringArrayKey(key.getKey()), REDACTED);
                changed = true;
            }
        }
        List<String> carried = baggage ? before.get(Baggages.HEADER) : null;
        if (carried != null) {
            Baggages.attributes(carried, before, after);
            if (!baggageListed) {
                after.remove(Baggages.HEADER);
            }
            changed = true;
        }
        return changed ? new ShapedSpan(span, after.build()) : span;
    }
}
