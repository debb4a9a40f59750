package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HooksTest {
    private static final List<String> HOOKS = List.of(
            "net/http.serverHandler.ServeHTTP",
            "net/http.(*response).finishRequest",
            "net/http.(*Transport).roundTrip",
            "net/http.(*persistConn).roundTrip",
            "net/http.(*conn).serve.func1",
            "net/http.(*conn).serve");

    static Stream<Path> web() {
        return Stream.of(
                GoPrograms.plain("web", GoPrograms.OLD),
                GoPrograms.stripped("web", GoPrograms.OLD),
                GoPrograms.plain("web", GoPrograms.NEW),
                GoPrograms.stripped("web", GoPrograms.NEW),
                GoPrograms.pie("web", GoPrograms.NEW));
    }

    @ParameterizedTest
    @MethodSource("web")
    void hook_ofTheHttpPackage_startsAtThePushAndEndsAtReturns(Path file) throws Exception {
        try (GoBinary binary = GoBinary.read(file);
                FilePages bytes = FilePages.open(file)) {
            for (String symbol : HOOKS) {
                HookSites hook = binary.hook(symbol);
                assertThat(hook.reason()).as(symbol).isEmpty();
                assertThat(hook.eligible()).isTrue();
                assertThat(start(hook).cost()).isEqualTo(CostClass.EMULATED);
                assertThat(start(hook).filterStackGrowth()).isFalse();
                assertThat(bytes.u8(start(hook).fileOffset())).as("push %%rbp").isEqualTo(0x55);
                assertThat(bytes.i32(start(hook).fileOffset() + 1) & 0xffffff)
                        .as("mov %%rsp,%%rbp")
                        .isEqualTo(0xe58948);
                assertThat(hook.returns()).isNotEmpty().allSatisfy(site -> {
                    assertThat(bytes.u8(site.fileOffset())).isEqualTo(0xc3);
                    assertThat(site.cost()).isEqualTo(CostClass.SINGLE_STEP);
                });
            }
        }
    }

    @Test
    void hook_returns_areAsManyAsInTheRelease() throws Exception {
        try (GoBinary old = GoBinary.read(GoPrograms.plain("web", GoPrograms.OLD));
                GoBinary recent = GoBinary.read(GoPrograms.plain("web", GoPrograms.NEW))) {
            assertThat(HOOKS)
                    .extracting(symbol -> old.hook(symbol).returns().size())
                    .containsExactly(1, 1, 15, 9, 1, 15);
            assertThat(HOOKS)
                    .extracting(symbol -> recent.hook(symbol).returns().size())
                    .containsExactly(1, 1, 16, 8, 1, 16);
        }
    }

    @ParameterizedTest
    @MethodSource("web")
    void hook_inlinedFunction_isRefused(Path file) throws Exception {
        try (GoBinary binary = GoBinary.read(file)) {
            HookSites hook = binary.hook("net/http.(*Client).Do");
            assertThat(hook.eligible()).isFalse();
            assertThat(hook.present()).isTrue();
            assertThat(hook.reason()).matches("net/http\\.\\(\\*Client\\)\\.Do is inlined into \\d+ functions?");
            assertThat(binary.hook("net/http.HandlerFunc.ServeHTTP").eligible()).isFalse();
        }
    }

    @Test
    void hook_unknownSymbol_isRefusedWithReason() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.plain("small", GoPrograms.NEW))) {
            assertThat(binary.hook("main.nothing")).isEqualTo(HookSites.absent("main.nothing"));
            assertThat(binary.hook("main.nothing").reason()).isEqualTo("main.nothing is not in the binary");
        }
    }

    @Test
    void hook_afterClose_isRefusedWithReason() throws Exception {
        GoBinary binary = GoBinary.read(GoPrograms.plain("small", GoPrograms.NEW));
        binary.hook("main.framed");
        binary.close();
        assertThat(binary.hook("main.framed").eligible()).as("known before").isTrue();
        assertThat(binary.hook("main.huge").reason()).contains("function main.huge", "cannot be read");
        assertThat(binary.field("runtime.g", "goid")).isEmpty();
    }

    @Test
    void start_nosplitFunction_isThePushAtItsEntry() throws Exception {
        HookSites hook = hook("main.nosplit");
        assertThat(start(hook).address()).isEqualTo(hook.address());
        assertThat(start(hook).cost()).isEqualTo(CostClass.EMULATED);
    }

    @Test
    void start_framelessFunction_isItsEntry() throws Exception {
        HookSites hook = hook("main.frameless");
        assertThat(start(hook).address()).isEqualTo(hook.address());
        assertThat(start(hook).cost()).isEqualTo(CostClass.SINGLE_STEP);
        assertThat(hook.returns()).hasSize(3);
    }

    @Test
    void start_arm64WithoutStackCheck_isRefusedWithReason() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.arm64("small", GoPrograms.NEW))) {
            HookSites hook = binary.hook("main.frameless");
            assertThat(hook.eligible()).isFalse();
            assertThat(hook.present()).isTrue();
            assertThat(hook.reason())
                    .startsWith("function main.frameless: it has no stack check, and the kernel does not simulate");
        }
    }

    @Test
    void start_hugeFrame_isThePush() throws Exception {
        HookSites hook = hook("main.huge");
        assertThat(start(hook).address()).isGreaterThan(hook.address() + 10);
        assertThat(start(hook).filterStackGrowth()).isFalse();
        assertThat(hook.returns()).hasSize(1);
    }

    @Test
    void start_arm64_isTheBranchOfTheStackCheck() throws Exception {
        Path file = GoPrograms.arm64("small", GoPrograms.NEW);
        try (GoBinary binary = GoBinary.read(file);
                FilePages bytes = FilePages.open(file)) {
            HookSites hook = binary.hook("main.framed");
            assertThat(binary.goArch()).isEqualTo("arm64");
            assertThat(bytes.i32(start(hook).fileOffset()) & 0xff00001f).isEqualTo(0x54000009);
            assertThat(start(hook).filterStackGrowth()).isTrue();
            assertThat(hook.returns()).isNotEmpty().allSatisfy(site -> {
                assertThat(bytes.i32(site.fileOffset())).isEqualTo(0xd65f03c0);
                assertThat(site.cost()).isEqualTo(CostClass.EMULATED);
            });
            assertThat(binary.field("runtime.g", "goid").orElseThrow().offset()).isEqualTo(152);
        }
    }

    @Test
    void hooks_strippedBinary_haveTheShapeOfThePlainOne() throws Exception {
        try (GoBinary plain = GoBinary.read(GoPrograms.plain("web", GoPrograms.NEW));
                GoBinary stripped = GoBinary.read(GoPrograms.stripped("web", GoPrograms.NEW))) {
            for (String symbol : HOOKS) {
                assertThat(shape(stripped.hook(symbol))).as(symbol).isEqualTo(shape(plain.hook(symbol)));
            }
        }
    }

    static ProbeSite start(HookSites hook) {
        return Objects.requireNonNull(hook.start(), hook.reason());
    }

    private static List<Long> shape(HookSites hook) {
        return Stream.concat(Stream.of(start(hook)), hook.returns().stream())
                .map(site -> site.address() - hook.address())
                .toList();
    }

    @Test
    void hook_trimmedPaths_isFound() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.trimmed("small", GoPrograms.OLD))) {
            assertThat(binary.hook("main.framed").eligible()).isTrue();
            assertThat(binary.field("main.line", "from.y")).isPresent();
        }
    }

    private static HookSites hook(String symbol) throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.plain("small", GoPrograms.NEW))) {
            return binary.hook(symbol);
        }
    }
}
