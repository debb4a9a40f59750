package io.zerospan.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RepeatedFailureTest {

    @Test
    void firstFailureWarnsAndTheOthersAreDebug() {
        LogLines log = new LogLines("repeated");
        RepeatedFailure failure = new RepeatedFailure(LoggerFactory.getLogger("repeated"));

        failure.failed("x is away");
        failure.failed("x is away");
        failure.succeeded("x delivers");
        failure.succeeded("x delivers");
        failure.failed("x is away");

        assertThat(log.lines())
                .containsExactly(
                        "WARNING x is away; further failures are logged at debug level",
                        "FINE x is away (failure 2 in a row)",
                        "INFO x delivers again after 2 failures",
                        "WARNING x is away; further failures are logged at debug level");
    }

    @Test
    void firstDelivery_isLoggedOnceForAllExporters() {
        LogLines log = new LogLines(FirstDelivery.class.getName());
        FirstDelivery delivery = new FirstDelivery(() -> 1234);

        delivery.by("file");
        delivery.by("otlp");

        assertThat(log.lines()).containsExactly("INFO first span delivered by file after 1234 ms");
    }
}
