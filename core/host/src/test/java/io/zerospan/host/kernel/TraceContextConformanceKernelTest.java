package io.zerospan.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A traced service is called, calls on three times, and the headers that come with that are what W3C's suite demands. */
@KernelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceContextConformanceKernelTest {
    private static final int CALLS = 3;
    private static final Pattern CAME = Pattern.compile(
            "traceparent=00-(?<trace>[0-9a-f]{32})-(?<span>[0-9a-f]{16})-0[01](?: tracestate=(?<state>.+))?");

    private Cgroup cgroup;
    private OutwardProgram service;
    private OutwardProgram witness;
    private Tracing tracing;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cgroup = Cgroup.create();
        service = OutwardProgram.start(cgroup.run(OutwardProgram.BUILD.buildAs(folder.resolve("service"))));
        witness = OutwardProgram.start(OutwardProgram.BUILD.buildAs(folder.resolve("witness")));
        tracing = Tracing.outward(
                new Tracing.Spans(),
                Map.of("socket", true),
                PushedDown.headers(PushedDown.Format.TRACECONTEXT),
                Tracing.pid(service.program()));
        service.next(witness.url("h1", "/witness"));
    }

    @AfterAll
    void stop() throws Exception {
        tracing.close();
        service.close();
        witness.close();
        cgroup.close();
    }

    static Stream<TraceContextCases.Case> cases() {
        return TraceContextCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void calls_ofAServiceCalledSo_haveWhatTheSuiteDemands(TraceContextCases.Case sent) throws Exception {
        List<Matcher> came = call(sent.lines());
        assertThat(came).hasSize(CALLS);
        Set<String> traces = groups(came, "trace");
        assertThat(traces).hasSize(1);
        assertThat(traces.contains(TraceContextCases.TRACE)).isEqualTo(sent.same());
        assertThat(groups(came, "span")).hasSize(CALLS).doesNotContain(TraceContextCases.SPAN);
        assertThat(groups(came, "state")).containsExactly(sent.state());
    }

    private static Set<String> groups(List<Matcher> matchers, String name) {
        return matchers.stream()
                .map(matcher ->
                        matcher.group(name) == null ? "" : matcher.group(name).replace("\t", ""))
                .collect(Collectors.toSet());
    }

    /** Sends the lines as they are, which no client of a library would. */
    private List<Matcher> call(List<String> lines) throws IOException {
        String[] authority = service.authorities().get("h1").split(":");
        String request = "GET /hop?calls=" + CALLS + " HTTP/1.1\r\nHost: service\r\nConnection: close\r\n"
                + lines.stream().map(line -> line + "\r\n").collect(Collectors.joining())
                + "\r\n";
        try (Socket socket = new Socket(authority[0], Integer.parseInt(authority[1]))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 200 ");
            return matches(answer);
        }
    }

    private static List<Matcher> matches(String answer) {
        return answer.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("traceparent="))
                .map(line -> {
                    Matcher matcher = CAME.matcher(line);
                    assertThat(matcher.matches()).as(line).isTrue();
                    return matcher;
                })
                .toList();
    }
}
