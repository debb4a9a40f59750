package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ProbeObject;
import io.zerospan.receiver.function.FunctionFactory;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate --exe} says of functions and expressions. */
class PlanCheckTest {
    @TempDir
    private static Path folder;

    private static Path cart;

    @BeforeAll
    static void build() throws Exception {
        cart = folder.resolve("cart");
        ProcessBuilder go = new ProcessBuilder("go", "build", "-o", cart.toString(), ".")
                .directory(Path.of("src", "test", "go", "cart").toFile())
                .inheritIO();
        go.environment().put("GOTOOLCHAIN", "go1.26.8");
        go.environment().put("GOFLAGS", "-buildvcs=false");
        assertThat(go.start().waitFor()).isZero();
    }

    private static List<String> check(String symbol, Map<String, String> attributes) throws Exception {
        FakeConfig config =
                FakeConfig.of(Map.of("probes", List.of(Map.of("symbol", symbol, "attributes", attributes))));
        for (ProbeObject object : new FunctionFactory()
                .create(config, new FakeContext("function"))
                .probes()) {
            PlanCheck.check(object, cart);
        }
        return config.rejects();
    }

    private static String wrong(String expression) throws Exception {
        List<String> rejects = check("main.(*Cart).Add", Map.of("x", expression));
        assertThat(rejects).hasSize(1);
        return rejects.get(0);
    }

    @Test
    void rightExpressions_areAccepted() throws Exception {
        assertThat(check("main.(*Cart).Add", Map.of("id", "arg0.ID", "who", "user.Name")))
                .isEmpty();
    }

    @Test
    void unknownField_isToldWithThoseThatExist() throws Exception {
        assertThat(wrong("arg0.Id"))
                .isEqualTo(
                        "probes::0::attributes::x: main.(*Cart).Add: 'arg0.Id': no field Id; main.Cart has Base, Owner,"
                                + " Items, Stock, Discount, Patience, Total, Note, Last");
    }

    @Test
    void unknownArgument_isToldWithThoseThatExist() throws Exception {
        assertThat(wrong("arg9"))
                .contains(
                        "there is no arg9; it has arg0 *main.Cart, arg1 *main.User, arg2 string, arg3 int8, arg4 bool,"
                                + " ret0 int, ret1 error");
    }

    @Test
    void unknownFunction_isToldWithTheNearestNames() throws Exception {
        assertThat(check("main.(*Cart).Ad", Map.of()))
                .containsExactly("probes::0::symbol: " + cart
                        + " has no function main.(*Cart).Ad; did you mean main.(*Cart).Add?");
    }

    @Test
    void globOfTooMany_isRefused() throws Exception {
        assertThat(check("runtime.*", Map.of())).singleElement().asString().contains("matches more than 64 functions");
    }

    @Test
    void floatingPointRegister_isRefusedWithTheReason() throws Exception {
        assertThat(check("main.(*Cart).Checkout", Map.of("rate", "arg2")))
                .singleElement()
                .asString()
                .contains("a float64 in a floating-point register is what probes can't read");
    }

    @Test
    void wholeStruct_isRefusedWithItsFields() throws Exception {
        assertThat(wrong("arg1")).contains("'arg1' is a main.User; name one of its fields; main.User has Name, Score");
    }
}
