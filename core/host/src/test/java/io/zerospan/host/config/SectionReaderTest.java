package io.zerospan.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.host.trace.Instrumented;
import io.zerospan.host.trace.Limits;
import io.zerospan.host.trace.TargetRule;
import java.util.List;
import org.junit.jupiter.api.Test;

class SectionReaderTest {

    @Test
    void targets_becomeRules() throws Exception {
        HostConfig config = read("targets: [{exe: '/srv/*', service_name: '${env:NO:-}'}, {pid: 7}]");

        assertThat(config.targets())
                .containsExactly(new TargetRule("/srv/*", null, null), new TargetRule(null, 7, null));
    }

    @Test
    void instrumented_isSkippedUnlessTheRuleSaysOtherwise() throws Exception {
        HostConfig config = read("targets: [{pid: 7}, {pid: 8, instrumented: trace}, {pid: 9, instrumented: skip}]");

        assertThat(config.targets())
                .extracting(TargetRule::instrumented)
                .containsExactly(Instrumented.SKIP, Instrumented.TRACE, Instrumented.SKIP);
    }

    @Test
    void instrumented_ofAnotherWord_isRefusedWithTheChoice() {
        assertThatThrownBy(() -> read("targets: [{pid: 7, instrumented: never}]"))
                .hasMessageContaining("'never' is not one of skip, trace");
    }

    @Test
    void maxOverhead_isAPercentageWithOrWithoutItsSign() throws Exception {
        HostConfig config = read(
                "targets: [{pid: 7, max_overhead: 2%}, {pid: 8, max_overhead: 0.5}, {pid: 9, max_overhead: 100 %}, {pid: 10}]");

        assertThat(config.targets())
                .extracting(TargetRule::maxOverhead)
                .containsExactly(0.02, 0.005, 1.0, TargetRule.UNBOUNDED);
    }

    @Test
    void limits_areThoseOfTheKernelsMap() throws Exception {
        assertThat(read("limits: {open_requests: 100000}").limits().openRequests())
                .isEqualTo(100_000);
        assertThat(read("").limits()).isEqualTo(Limits.DEFAULT);
    }

    @Test
    void limits_outOfRangeOrUnknown_areRefused() {
        assertThatThrownBy(() -> read("limits: {open_requests: 0, spans: 3}"))
                .hasMessageContaining("limits::open_requests: 0 is out of range; allowed is 1 to 1000000")
                .hasMessageContaining("unknown key 'spans'");
    }

    @Test
    void pipelines_keepTheirOrder() throws Exception {
        HostConfig config = read("");

        assertThat(config.pipelines()).hasSize(1);
        assertThat(config.pipelines().get(0).exporters())
                .extracting(reference -> reference.id().toString())
                .containsExactly("b/2", "a");
        assertThat(config.telemetry().logLevel()).isEqualTo("info");
    }

    @Test
    void metrics_areShownNowhere_unlessAReaderIsConfigured() throws Exception {
        assertThat(read("").telemetry().metrics()).isNull();
        assertThat(telemetry("{readers: [{pull: {exporter: {prometheus: }}}]}").metrics())
                .isEqualTo(new HostConfig.MetricsAddress("localhost", 8888));
        assertThat(telemetry("{readers: [{pull: {exporter: {prometheus: {host: 0.0.0.0, port: 9}}}}]}")
                        .metrics())
                .isEqualTo(new HostConfig.MetricsAddress("0.0.0.0", 9));
        assertThat(telemetry("{level: none, readers: [{pull: {exporter: {prometheus: }}}]}")
                        .metrics())
                .isNull();
    }

    @Test
    void readersThatThereAreNot_areErrors() {
        assertThatThrownBy(() -> telemetry("{readers: [{periodic: {exporter: {otlp: }}}]}"))
                .hasMessageContaining("unknown key 'periodic'");
        assertThatThrownBy(() -> telemetry("{readers: [{pull: }, {pull: }]}"))
                .hasMessageContaining("there are 2; the metrics are shown in one place: keep one");
    }

    private static HostConfig.TelemetryConfig telemetry(String metrics) throws ConfigException {
        Findings findings = new Findings();
        String yaml = "receivers: {r: }\nexporters: {a: }\n"
                + "service: {telemetry: {metrics: " + metrics + "},"
                + " pipelines: {traces: {receivers: [r], exporters: [a]}}}\n";
        HostConfig config = SectionReader.read(
                ConfigDocument.load(List.of("yaml:" + yaml), List.of(), name -> null, findings), findings);
        findings.throwErrors();
        return config.telemetry();
    }

    private static HostConfig read(String more) throws ConfigException {
        Findings findings = new Findings();
        String yaml = "receivers: {r: }\nexporters: {a: {}, b/2: {}}\n"
                + "service: {pipelines: {traces: {receivers: [r], exporters: [b/2, a]}}}\n" + more;
        HostConfig config = SectionReader.read(
                ConfigDocument.load(List.of("yaml:" + yaml), List.of(), name -> null, findings), findings);
        findings.throwErrors();
        return config;
    }
}
