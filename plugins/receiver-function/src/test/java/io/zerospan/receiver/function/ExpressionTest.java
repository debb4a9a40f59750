package io.zerospan.receiver.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.receiver.function.Expression.Function;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    @Test
    void fields_areAPath() throws Exception {
        assertThat(Expression.parse(" arg1.User.Näme ").path()).containsExactly("User", "Näme");
        assertThat(Expression.parse("ret0").root()).isEqualTo("ret0");
    }

    @Test
    void length_isAskedOfWhatStandsInParentheses() throws Exception {
        assertThat(Expression.parse("len( arg0.Items )"))
                .isEqualTo(new Expression("len( arg0.Items )", Function.LEN, "arg0", List.of("Items")));
        assertThat(Expression.parse("cap(queue)").function()).isEqualTo(Function.CAP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "arg0.", ".ID", "arg0..ID", "arg0[1]", "*arg0", "len(len(arg0))", "arg0.f()", "a b", "1"})
    void whatIsNoWay_isRefusedWithExamples(String text) {
        assertThatThrownBy(() -> Expression.parse(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessageStartingWith("'" + text + "' is no expression known here; write a way through fields");
    }
}
