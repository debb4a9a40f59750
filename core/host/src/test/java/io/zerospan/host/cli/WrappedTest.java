package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Long lines of {@code inspect}. */
class WrappedTest {
    @Test
    void line_thatFits_staysAsItIs() {
        assertThat(Wrapped.line("  abc  def", 10)).isEqualTo("  abc  def");
    }

    @Test
    void longLine_isBrokenAtSpaces_andHangs() {
        assertThat(Wrapped.line("  one two three", 10)).isEqualTo("  one two\n    three");
    }

    @Test
    void longWord_isBrokenWithin_andLosesNothing() {
        assertThat(Wrapped.line("  abcdefghijklmno", 10)).isEqualTo("  abcdefgh\n    ijklmn\n    o");
    }
}
