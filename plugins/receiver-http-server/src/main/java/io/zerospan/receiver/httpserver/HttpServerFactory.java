package io.zerospan.receiver.httpserver;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.SpanShaper;
import io.zerospan.api.Stability;
import java.util.List;
import org.pf4j.Extension;

/** Makes the receiver {@code http_server}. */
@Extension
public final class HttpServerFactory implements ReceiverFactory {
    @Override
    public String type() {
        return "http_server";
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public String description() {
        return "a span for each request that net/http serves over HTTP/1 or HTTP/2";
    }

    @Override
    public Receiver create(Config config, ComponentContext context) {
        ProbeObject probe = ProbeObject.resource(
                "http_server", HttpServerFactory.class, "/probes/http_server.bpf.o", new ServerSpanShaper());
        ProbeObject routes = ProbeObject.resource(
                "http_routes", HttpServerFactory.class, "/probes/http_routes.bpf.o", SpanShaper.AS_DECLARED);
        return () -> List.of(probe, routes);
    }
}
