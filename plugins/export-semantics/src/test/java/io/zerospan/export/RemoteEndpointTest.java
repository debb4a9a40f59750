package io.zerospan.export;

import static io.zerospan.testkit.TestSpanBuilder.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.zerospan.testkit.TestSpanBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zipkin2.Endpoint;

class RemoteEndpointTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cart, bank, 10.0.0.7, shop_db, cart",
                "-, bank, 10.0.0.7, shop_db, bank",
                "-, -, 10.0.0.7, shop_db, 10.0.0.7",
                "-, -, -, shop_db, shop_db"
            })
    void name_ofACall_isTheFirstThatIsKnown(String service, String server, String peer, String database, String name) {
        TestSpanBuilder span = aSpan().kind(SpanKind.CLIENT);
        put(span, "peer.service", service);
        put(span, "server.address", server);
        put(span, "network.peer.address", peer);
        put(span, "db.namespace", database);
        assertThat(RemoteEndpoint.of(span.build()).serviceName()).isEqualTo(name);
    }

    @Test
    void port_ofThePeerWinsOverTheOneAskedFor() {
        TestSpanBuilder span = aSpan().kind(SpanKind.PRODUCER)
                .attribute("server.address", "10.0.0.1")
                .attribute("server.port", 80)
                .attribute("network.peer.port", 8080);
        assertThat(RemoteEndpoint.of(span.build()))
                .isEqualTo(Endpoint.newBuilder()
                        .serviceName("10.0.0.1")
                        .ip("10.0.0.1")
                        .port(8080)
                        .build());
    }

    @Test
    void server_isNotItsOwnRemoteSide() {
        assertThat(RemoteEndpoint.of(aSpan().attribute("server.address", "shop").build()))
                .isEqualTo(Endpoint.newBuilder().build());
    }

    private static void put(TestSpanBuilder span, String key, String value) {
        if (value != null) {
            span.attribute(key, value);
        }
    }
}
