package io.zerospan.host.plugin;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.Stability;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands where a refused probe would: the other receivers of a running host are not to suffer from one bad file. */
final class RefusedProbe implements ReceiverFactory {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedProbe.class);

    private final String type;
    private final String reason;

    RefusedProbe(String type, String reason) {
        this.type = type;
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Stability stability() {
        return Stability.DEVELOPMENT;
    }

    @Override
    public String description() {
        return "a probe that was refused";
    }

    @Override
    public Receiver create(Config config, ComponentContext context) {
        return new Receiver() {
            @Override
            public void start() {
                LOG.error("receiver {} gives no spans: {}", context.id(), reason);
            }

            @Override
            public List<ProbeObject> probes() {
                return List.of();
            }
        };
    }
}
