package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ProbeObject;
import io.zerospan.api.SpanShaper;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.receiver.databasesql.DatabaseSqlFactory;
import io.zerospan.receiver.function.FunctionFactory;
import io.zerospan.receiver.httpclient.HttpClientFactory;
import io.zerospan.receiver.httpserver.HttpServerFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No program at a uprobe may be preempted on a stack that another run of it gets: see {@code kernel_stack.h}. */
class KernelStackTest {
    static Stream<Arguments> probes() {
        return Stream.of(
                Arguments.of("http_server", HttpServerFactory.class),
                Arguments.of("http_routes", HttpServerFactory.class),
                Arguments.of("http_client", HttpClientFactory.class),
                Arguments.of("memory", HttpClientFactory.class),
                Arguments.of("database_sql", DatabaseSqlFactory.class),
                Arguments.of("function", FunctionFactory.class),
                Arguments.of("unwinding", HostObject.class),
                Arguments.of("sdk_tracer", HostObject.class));
    }

    @ParameterizedTest
    @MethodSource("probes")
    void programs_keepTheKernelsStack_untilTheHostTakesThatOut(String name, Class<?> plugin) throws Exception {
        ProbeObject probe = ProbeObject.resource(name, plugin, "/probes/" + name + ".bpf.o", SpanShaper.AS_DECLARED);
        try (BpfObject object = BpfObject.open(LibBpf.load(), name, probe.elf())) {
            ProbeDeclarations declared = ProbeDeclarations.read(name, object.tags());
            assertThat(Stream.concat(declared.hooks().stream(), declared.planned().stream())
                            .map(ProbeDeclarations.Hook::program)
                            .distinct())
                    .isNotEmpty()
                    .allMatch(program -> object.program(program).keepsKernelStack());

            object.takeOutTailCalls();

            assertThat(object.programs())
                    .noneMatch(program -> object.program(program).keepsKernelStack());
        }
    }
}
