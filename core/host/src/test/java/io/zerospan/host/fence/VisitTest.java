package io.zerospan.host.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.ComponentException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class VisitTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static void visit(Callable<String> work) throws ComponentException {
        assertThat(Visit.to("start exporter x", LIMIT, null, work)).isEqualTo("done");
    }

    @Test
    void result_comesBack() throws Exception {
        visit(() -> "done");
    }

    @Test
    void whatThePluginSays_isNotItsFault() {
        assertThatThrownBy(() -> visit(() -> {
                    throw new ComponentException("the port is in use");
                }))
                .isNotInstanceOf(PluginFaultException.class)
                .hasMessage("start exporter x: the port is in use");
    }

    @Test
    void errors_areItsFault() {
        assertThatThrownBy(() -> visit(() -> {
                    throw new AbstractMethodError("no such method");
                }))
                .isInstanceOf(PluginFaultException.class)
                .hasMessage("start exporter x: java.lang.AbstractMethodError: no such method");
    }

    @Test
    void memoryWithoutEnd_isItsFault_andTheRestGoesOn() throws Exception {
        assertThatThrownBy(() -> visit(() -> {
                    return Arrays.toString(new long[Integer.MAX_VALUE]); // more than any Java gives
                }))
                .isInstanceOf(PluginFaultException.class)
                .hasMessage("start exporter x: it wants more memory than the host has");
        visit(() -> "done");
    }

    @Test
    void whatNeverComesBack_isLeftBehind() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> Visit.to("start exporter x", Duration.ofMillis(50), null, () -> {
                    never.await();
                    return "done";
                }))
                .isInstanceOf(PluginFaultException.class)
                .hasMessage("start exporter x: it did not come back within 50 ms and is left behind");
    }

    @Test
    void threadOfAVisit_hasThePluginsClassLoader() throws Exception {
        ClassLoader loader = new ClassLoader() {};
        assertThat(Visit.to("x", LIMIT, loader, () -> Thread.currentThread().getContextClassLoader()))
                .isSameAs(loader);
    }
}
