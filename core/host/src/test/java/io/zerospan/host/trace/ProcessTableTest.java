package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    /** Above the kernel's highest pid: nobody has it. */
    private static final int PID = 5_000_000;

    private static final Executable SHOP = executable(1, "/srv/shop");
    private static final Executable CART = executable(2, "/srv/cart");

    private static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("service.instance.id");

    private final List<Integer> noted = new ArrayList<>();
    private PidHolder holder = PidHolder.ITSELF;
    private final ProcessTable table = new ProcessTable(
            new ProcessResource("node-1"),
            new Targets(List.of(new TargetRule("/srv/shop", null, "the-shop"), new TargetRule("/srv/*", null, null))),
            noted::add,
            (pid, start) -> holder);

    private static Executable executable(int inode, String path) {
        return new Executable(
                inode, new ExecutableId(1, inode, 3, 4), path, "go1.26.8", new Executable.TypeNames(address -> ""));
    }

    private static String service(Resource resource) {
        return resource.getAttribute(AttributeKey.stringKey("service.name"));
    }

    @Test
    void resource_ofAnAnnouncedProcess_isMadeOnce() {
        table.started(PID, SHOP);
        Resource first = table.resource(PID, 100, SHOP);
        assertThat(table.resource(PID, 100, SHOP)).isSameAs(first);
        assertThat(noted).containsExactly(PID);
    }

    @Test
    void resource_ofAProcessThatNobodyAnnounced_isMadeOnce() {
        Resource first = table.resource(PID, 100, SHOP);
        assertThat(table.resource(PID, 100, SHOP)).isSameAs(first);
        assertThat(noted).containsExactly(PID);
    }

    @Test
    void serviceName_isTheMatchingRulesElseTheExecutables() {
        assertThat(service(table.resource(PID, 100, SHOP))).isEqualTo("the-shop");
        assertThat(service(table.resource(PID + 1, 100, CART))).isEqualTo("cart");
    }

    @Test
    void resource_namesTheFileAsItsProcessDoes() {
        int us = (int) ProcessHandle.current().pid();
        assertThat(table.resource(us, 100, SHOP).getAttribute(AttributeKey.stringKey("process.executable.name")))
                .isEqualTo("java");
    }

    @Test
    void pid_usedAgain_isAnotherProcess() {
        Resource first = table.resource(PID, 100, SHOP);
        assertThat(table.resource(PID, 200, SHOP)).isNotSameAs(first);
        assertThat(noted).containsExactly(PID, PID);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void startTime_toldByTheFirstRecord_isRemembered() {
        table.started(PID, SHOP);
        Resource first = table.resource(PID, 100, SHOP);
        assertThat(table.resource(PID, 200, SHOP)).isNotSameAs(first);
    }

    @Test
    void process_thatRunsAnotherProgramNow_isDescribedAnew() {
        table.resource(PID, 100, SHOP);
        assertThat(service(table.resource(PID, 100, CART))).isEqualTo("cart");
    }

    @Test
    void process_thatEnded_isForgotten() {
        table.resource(PID, 100, SHOP);
        table.ended(PID);
        table.ended(PID);
        assertThat(table.size()).isZero();
    }

    @Test
    void record_toldAfterTheNextProcessIsKnown_isItsOwnProcess() {
        Resource first = table.resource(PID, 100, SHOP);
        table.began(PID, 200);
        table.started(PID, SHOP);
        assertThat(table.resource(PID, 100, SHOP)).isSameAs(first);
        assertThat(table.resource(PID, 200, SHOP)).isNotSameAs(first);
    }

    @Test
    void firstRecord_toldAfterTheNextProcessIsKnown_takesNothingOfThatOne() {
        int us = (int) ProcessHandle.current().pid();
        table.started(us, SHOP);
        table.beganAt(us, 200);
        Resource late = table.resource(us, 100, SHOP);
        assertThat(late.getAttribute(AttributeKey.stringKey("process.command"))).isNull();
        assertThat(late.getAttribute(INSTANCE))
                .isNotEqualTo(table.resource(us, 200, SHOP).getAttribute(INSTANCE));
    }

    @Test
    void record_ofAProcessWhosePidAnotherHas_takesNothingOfThatOne() {
        int us = (int) ProcessHandle.current().pid();
        table.started(us, SHOP);
        holder = PidHolder.ANOTHER;
        Resource late = table.resource(us, 100, SHOP);
        assertThat(late.getAttribute(AttributeKey.stringKey("process.command"))).isNull();
        assertThat(table.resource(us, 100, SHOP)).isSameAs(late);
    }

    @Test
    void processes_thatHadOnePid_areDifferentInstances() {
        holder = PidHolder.NOBODY;
        assertThat(table.resource(PID, 100, SHOP).getAttribute(INSTANCE))
                .isNotEqualTo(table.resource(PID, 200, SHOP).getAttribute(INSTANCE));
        assertThat(noted).as("nobody ends any more").isEmpty();
    }
}
