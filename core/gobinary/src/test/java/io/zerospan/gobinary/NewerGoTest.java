package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Go 1.27 has no links to types and itabs: they lie in a row each. Its maps are described by more words, and HTTP/2 is a
 * package of its own.
 */
class NewerGoTest {
    static final String RELEASE = "go1.27.0";

    static Stream<Path> web() {
        return Stream.of(
                GoPrograms.stripped("web", RELEASE), GoPrograms.pie("web", RELEASE), GoPrograms.arm64("web", RELEASE));
    }

    @ParameterizedTest
    @MethodSource("web")
    void field_isWhereTheReleaseHasIt(Path file) throws Exception {
        try (GoBinary binary = GoBinary.read(file)) {
            assertThat(binary.goVersion()).isEqualTo(RELEASE);
            assertThat(binary.field("runtime.g", "goid").orElseThrow().offset()).isEqualTo(152);
            assertThat(binary.field("net/http.Request", "ctx").orElseThrow().offset())
                    .isEqualTo(248);
        }
    }

    /** Every type's own size leads to the next: the last of a row is no other than what a link leads to. */
    @ParameterizedTest
    @MethodSource("web")
    void types_ofAllKinds_areFound(Path file) throws Exception {
        try (GoBinary binary = GoBinary.read(file)) {
            assertThat(binary.type("net/http.Header").orElseThrow().kind()).isEqualTo(RuntimeType.MAP);
            assertThat(binary.type("*net.TCPConn")).isPresent();
            assertThat(binary.type("net/http.HandlerFunc").orElseThrow().kind()).isEqualTo(RuntimeType.FUNC);
        }
    }

    @ParameterizedTest
    @MethodSource("web")
    void contextTypes_areThoseInItabs(Path file) throws Exception {
        try (GoBinary binary = GoBinary.read(file)) {
            assertThat(binary.contextTypes())
                    .extracting(ContextType::name)
                    .contains("*context.cancelCtx", "*context.valueCtx", "*main.tagged");
        }
    }

    @ParameterizedTest
    @MethodSource("web")
    void hooks_ofAServer_areEligible(Path file) throws Exception {
        try (GoBinary binary = GoBinary.read(file)) {
            for (String symbol : List.of(
                    "net/http.serverHandler.ServeHTTP",
                    "net/http/internal/http2.(*serverConn).runHandler",
                    "net/http/internal/http2.(*serverConn).runHandler.func1")) {
                HookSites hook = binary.hook(symbol);
                assertThat(hook.eligible()).as(hook.reason()).isTrue();
            }
        }
    }
}
