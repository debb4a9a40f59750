package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AfterCallsTest {
    static Stream<Path> programs() {
        return Stream.of(
                GoPrograms.stripped("small", GoPrograms.OLD),
                GoPrograms.plain("small", GoPrograms.NEW),
                GoPrograms.pie("small", GoPrograms.NEW));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void ends_resultTestedByEveryCaller_areTheBranchesBehindTheCalls(Path program) throws Exception {
        try (GoBinary binary = GoBinary.read(program);
                FilePages bytes = FilePages.open(program)) {
            HookSites hook = binary.hook("main.tested");
            assertThat(hook.ends()).hasSize(2).doesNotContainAnyElementsOf(hook.returns());
            assertThat(hook.ends()).allSatisfy(site -> {
                assertThat(site.cost()).isEqualTo(CostClass.EMULATED);
                assertThat(bytes.u8(site.fileOffset())).as("je, jne").isIn(0x74, 0x75, 0x0f);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void ends_functionWhoseAddressIsKept_areItsReturns(Path program) throws Exception {
        try (GoBinary binary = GoBinary.read(program)) {
            HookSites hook = binary.hook("main.kept");
            assertThat(hook.ends()).isNotEmpty().isEqualTo(hook.returns());
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void ends_callerThatUsesTheResultFirst_areTheReturns(Path program) throws Exception {
        try (GoBinary binary = GoBinary.read(program)) {
            HookSites hook = binary.hook("main.passedOn");
            assertThat(hook.eligible()).isTrue();
            HookSites framed = binary.hook("main.framed");
            assertThat(framed.ends()).isNotEmpty().isEqualTo(framed.returns());
        }
    }

    @Test
    void ends_arm64_areTheReturns() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.arm64("small", GoPrograms.NEW))) {
            HookSites hook = binary.hook("main.tested");
            assertThat(hook.ends()).isNotEmpty().isEqualTo(hook.returns());
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void withoutReturnsBehind_call_areTheOtherReturns(Path program) throws Exception {
        try (GoBinary binary = GoBinary.read(program)) {
            HookSites ways = binary.hook("main.ways");
            HookSites others = binary.withoutReturnsBehind(ways, "main.framed");
            assertThat(ways.ends()).hasSize(3);
            assertThat(others.ends()).hasSize(1).isSubsetOf(ways.returns());
            assertThat(others.returns()).isEqualTo(ways.returns());
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void withoutReturnsBehind_functionThatCannotBeProbed_areAllReturns(Path program) throws Exception {
        try (GoBinary binary = GoBinary.read(program)) {
            HookSites ways = binary.hook("main.ways");
            assertThat(binary.withoutReturnsBehind(ways, "main.none")).isEqualTo(ways);
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void withoutReturnsBehind_noReturnLeft_areAllReturns(Path program) throws Exception {
        try (GoBinary binary = GoBinary.read(program)) {
            HookSites passedOn = binary.hook("main.passedOn");
            assertThat(binary.withoutReturnsBehind(passedOn, "main.framed")).isEqualTo(passedOn);
        }
    }
}
