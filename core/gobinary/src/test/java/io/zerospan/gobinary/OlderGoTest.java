package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Go 1.19 has the older function table and inline records, and frames without a push. */
class OlderGoTest {
    private static final String RELEASE = "go1.19.13";

    @Test
    void start_functionWithoutPush_isTheBranchOfTheStackCheck() throws Exception {
        try (FilePages bytes = FilePages.open(GoPrograms.plain("small", RELEASE))) {
            for (String symbol : new String[] {"main.framed", "main.huge"}) {
                HookSites hook = hook(symbol);
                assertThat(hook.eligible()).as(hook.reason()).isTrue();
                assertThat(HooksTest.start(hook).filterStackGrowth()).isTrue();
                assertThat(HooksTest.start(hook).cost()).isEqualTo(CostClass.EMULATED);
                assertThat(bytes.u8(HooksTest.start(hook).fileOffset()))
                        .as(symbol)
                        .isIn(0x76, 0x0f);
                assertThat(hook.returns()).isNotEmpty();
            }
        }
    }

    @Test
    void start_nosplitFunction_firesOnce() throws Exception {
        assertThat(HooksTest.start(hook("main.nosplit")).filterStackGrowth()).isFalse();
    }

    @Test
    void hook_inlinedFunction_isRefused() throws Exception {
        assertThat(hook("main.inlined").reason()).isEqualTo("main.inlined is inlined into 1 function");
    }

    @Test
    void field_olderRelease_isFound() throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.plain("small", RELEASE))) {
            assertThat(binary.goVersion()).isEqualTo(RELEASE);
            assertThat(binary.field("runtime.g", "goid").orElseThrow().offset()).isEqualTo(152);
            assertThat(binary.field("runtime.g", "parentGoid")).isEmpty();
            assertThat(binary.field("main.line", "from.y").orElseThrow().offset())
                    .isEqualTo(24);
        }
    }

    private static HookSites hook(String symbol) throws Exception {
        try (GoBinary binary = GoBinary.read(GoPrograms.plain("small", RELEASE))) {
            return binary.hook(symbol);
        }
    }
}
