package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class StderrLogTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StderrLog log = StderrLog.install(new PrintStream(err, true, StandardCharsets.UTF_8));
    private final Logger logger = LoggerFactory.getLogger(StderrLogTest.class);

    @Test
    void record_isOneLineWithTimeAndLevel() {
        logger.info("ready {}", 1);
        logger.warn("careful");

        assertThat(err.toString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  ready 1\n"
                        + "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  careful\n");
    }

    @Test
    void controlCharacters_areEscaped() {
        logger.error("a\nb\u001b[2J");

        assertThat(err.toString()).endsWith("ERROR a\\nb\\u001b[2J\n");
    }

    @Test
    void exception_staysOnItsLine() {
        logger.warn("it failed", new IllegalStateException("why"));

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("WARN  it failed: java.lang.IllegalStateException: why at io.zerospan");
    }

    @Test
    void level_decidesWhatIsWritten() {
        logger.debug("hidden");
        log.level("debug");
        logger.debug("shown");
        log.level("error");
        logger.warn("hidden too");

        assertThat(err.toString()).endsWith("DEBUG shown\n").doesNotContain("hidden");
    }

    @Test
    void whatOpenTelemetrysExportersRepeat_isLeftToTheHost() {
        java.util.logging.Logger repeater = java.util.logging.Logger.getLogger("io.opentelemetry.exporter.internal.x");
        repeater.severe("Failed to export");
        assertThat(err.toString()).isEmpty();

        log.level("debug");
        repeater.severe("Failed to export");

        assertThat(err.toString()).endsWith("ERROR Failed to export\n");
    }
}
