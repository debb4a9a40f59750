package io.zerospan.receiver.httpclient;

import io.zerospan.api.Config;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Propagation;
import io.zerospan.api.Receiver;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One probe, and how its spans travel on. */
record HttpClientReceiver(ProbeObject probe, Propagation ways) implements Receiver {
    private static final String TRACECONTEXT = "tracecontext";

    /** Memory is used where it can be unless it is switched off, so {@code true} asks for no more than {@code auto}. */
    static Propagation propagation(Config config) {
        List<String> formats = config.choices("formats", List.of(TRACECONTEXT), TRACECONTEXT, "b3");
        return new Propagation(
                config.bool("connection", true),
                !config.choice("memory", "auto", "auto", "true", "false").equals("false"),
                config.bool("socket", false),
                formats.stream()
                        .map(format -> Propagation.Format.valueOf(format.toUpperCase(Locale.ROOT)))
                        .toList());
    }

    @Override
    public List<ProbeObject> probes() {
        return List.of(probe);
    }

    @Override
    public Optional<Propagation> propagation() {
        return Optional.of(ways);
    }
}
