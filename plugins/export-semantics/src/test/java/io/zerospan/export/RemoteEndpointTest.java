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
                "cart, bank, db.example, shop_db, postgresql, cart",
                "-, bank, db.example, shop_db, postgresql, bank",
                "-, 10.0.0.7, db.example, shop_db, postgresql, db.example",
                "-, 10.0.0.7, 10.0.0.7, shop_db, postgresql, shop_db",
                "-, ::1, /tmp:a, -, postgresql, postgresql",
                "-, -, 10.0.0.7, -, -, -"
            })
    void name_ofACall_isTheFirstThatIsKnown(
            String service, String server, String peer, String database, String system, String name) {
        TestSpanBuilder span = aSpan().kind(SpanKind.CLIENT);
        put(span, "peer.service", service);
        put(span, "server.address", server);
        put(span, "network.peer.address", peer);
        put(span, "db.namespace", database);
        put(span, "db.system.name", system);
        assertThat(RemoteEndpoint.of(span.build()).serviceName()).isEqualTo(name);
    }

    @Test
    void address_isNoNameOfAService() {
        TestSpanBuilder span = aSpan().kind(SpanKind.PRODUCER)
                .attribute("server.address", "10.0.0.1")
                .attribute("server.port", 80)
                .attribute("network.peer.port", 8080); // wins: it is what was connected to
        assertThat(RemoteEndpoint.of(span.build()))
                .isEqualTo(Endpoint.newBuilder().ip("10.0.0.1").port(8080).build());
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
