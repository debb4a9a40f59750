package io.zerospan.receiver.httpclient;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.Stability;
import org.pf4j.Extension;

/** Makes the receiver {@code http_client}. */
@Extension
public final class HttpClientFactory implements ReceiverFactory {
    @Override
    public String type() {
        return "http_client";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "a span for each request that net/http sends, one per attempt";
    }

    @Override
    public Receiver create(Config config, ComponentContext context) {
        ProbeObject probe = ProbeObject.resource(
                "http_client", HttpClientFactory.class, "/probes/http_client.bpf.o", new ClientSpanShaper());
        return new HttpClientReceiver(probe, HttpClientReceiver.propagation(config.section("propagation")));
    }
}
