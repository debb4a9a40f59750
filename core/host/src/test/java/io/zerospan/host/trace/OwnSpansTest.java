package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnSpansTest {
    private static final int US = (int) ProcessHandle.current().pid();
    /** Above the kernel's highest pid: nobody has it. */
    private static final int NOBODY = 5_000_000;

    private final List<Integer> noted = new ArrayList<>();

    private OwnSpans with(TargetRule... rules) {
        return new OwnSpans(new Targets(List.of(rules)), noted::add);
    }

    @Test
    void process_isTreatedAsItsRuleSays() {
        OwnSpans traced = with(new TargetRule(null, US, null, Instrumented.TRACE));
        OwnSpans skipped = with(new TargetRule(null, US, null));
        traced.found(US);
        skipped.found(US);
        assertThat(traced.of(US)).contains(Instrumented.TRACE);
        assertThat(traced.skipped(US)).isFalse();
        assertThat(skipped.skipped(US)).isTrue();
        assertThat(skipped.count(Instrumented.SKIP)).isEqualTo(1);
    }

    @Test
    void endOfAFoundProcess_isToldByTheKernel() {
        with().found(US);
        assertThat(noted).containsExactly(US);
    }

    @Test
    void process_thatIsNoTarget_isNothingToUs() {
        OwnSpans own = with(new TargetRule(null, NOBODY, null));
        own.found(US);
        assertThat(own.of(US)).isEmpty();
    }

    @Test
    void process_thatEndedMeanwhile_isNotKept() {
        OwnSpans own = with();
        own.found(NOBODY);
        assertThat(own.of(NOBODY)).isEmpty();
        assertThat(noted).isEmpty();
    }

    @Test
    void process_thatEndedOrRunsAnotherProgram_isForgotten() {
        OwnSpans own = with();
        own.found(US);
        own.forget(US);
        assertThat(own.skipped(US)).isFalse();
    }
}
