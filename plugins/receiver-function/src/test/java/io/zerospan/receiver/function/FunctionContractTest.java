package io.zerospan.receiver.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionContractTest extends ComponentContract {
    @Override
    protected ComponentFactory factory() {
        return new FunctionFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of(
                "probes",
                List.of(Map.of(
                        "symbol", "main.add",
                        "span", "add",
                        "kind", "client",
                        "attributes", Map.of("id", "arg0.ID"),
                        "types", Map.of("arg0", "*main.Cart"))));
    }

    private List<String> rejects(Map<String, ?> probe) {
        FakeConfig config = FakeConfig.of(Map.of("probes", List.of(probe)));
        create(config).close();
        return config.rejects();
    }

    @Test
    void noProbes_areRejected() {
        FakeConfig config = FakeConfig.empty();
        create(config).close();
        assertThat(config.rejects()).singleElement().asString().startsWith("probes: must name");
    }

    @Test
    void probeWithoutSymbol_isRejected() {
        assertThat(rejects(Map.of("span", "x"))).singleElement().asString().startsWith("probes::0::symbol: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"arg0[1]", "arg0.", "size(arg0)", "arg0.ID + 1", ".ID", "len(arg0", "''"})
    void whatIsNoExpression_isRejectedByItsAttribute(String expression) {
        assertThat(rejects(Map.of("symbol", "main.add", "attributes", Map.of("id", expression))))
                .singleElement()
                .asString()
                .startsWith("probes::0::attributes::id: ");
    }

    @Test
    void typeOfNoVariable_isRejected() {
        assertThat(rejects(Map.of("symbol", "main.add", "types", Map.of("cart", "*main.Cart"))))
                .singleElement()
                .asString()
                .startsWith("probes::0::types::cart: ");
    }

    @Test
    void attributeThatWouldNeverBeExported_isRejected() {
        assertThat(rejects(Map.of("symbol", "main.add", "attributes", Map.of("zs.id", "arg0"))))
                .hasSize(1);
    }
}
