package io.zerospan.export;

import static io.zerospan.testkit.TestSpanBuilder.spans;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveredTest {
    private final Delivered delivered = new Delivered();

    @Test
    void take_isOnce() {
        List<SpanData> request = spans(1);
        delivered.put(request, 2);
        assertThat(delivered.take(request)).isEqualTo(2);
        assertThat(delivered.take(request)).isZero();
    }

    @Test
    void take_equalButAnotherRequest_isNothing() {
        delivered.put(List.of(), 2);
        assertThat(delivered.take(new ArrayList<>())).isZero();
    }

    @Test
    void put_beyondTheLimit_forgetsTheOldest() {
        List<List<SpanData>> requests = IntStream.rangeClosed(0, Delivered.MAX_REQUESTS)
                .mapToObj(n -> spans(1))
                .toList();
        requests.forEach(request -> delivered.put(request, 1));
        assertThat(delivered.take(requests.get(0))).isZero();
        assertThat(delivered.take(requests.get(1))).isEqualTo(1);
    }
}
