package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessResourceTest {
    private static final Executable SHOP = new Executable(
            0, new ExecutableId(1, 2, 3, 4), "/srv/shop", "go1.26.8", new Executable.TypeNames(address -> ""));

    /** Above the kernel's highest pid: nobody has it. */
    private static final int GONE = 5_000_000;

    private final ProcessResource resources = new ProcessResource("node-1");

    /** The resource of a living process with this environment. */
    private Resource of(Map<String, String> environment, @Nullable String configured) throws IOException {
        ProcessBuilder cat = new ProcessBuilder("cat", "-");
        cat.environment().clear();
        cat.environment().putAll(environment);
        Process process = cat.start();
        try {
            return resources.of((int) process.pid(), SHOP, configured);
        } finally {
            process.destroy();
        }
    }

    private static @Nullable String text(Resource resource, String key) {
        return resource.getAttribute(AttributeKey.stringKey(key));
    }

    @Test
    void resource_ofALivingProcess_tellsWhatItIs() throws IOException {
        Resource resource = of(Map.of(), null);
        assertThat(text(resource, "service.name")).isEqualTo("shop");
        assertThat(text(resource, "process.executable.name")).isEqualTo("shop");
        assertThat(text(resource, "process.executable.path")).isEqualTo("/srv/shop");
        assertThat(text(resource, "process.command")).isEqualTo("cat");
        assertThat(text(resource, "process.runtime.version")).isEqualTo("go1.26.8");
        assertThat(text(resource, "host.name")).isEqualTo("node-1");
    }

    @Test
    void resource_ofAProcessThatIsGone_isTheExecutables() {
        Resource resource = resources.of(GONE, SHOP, null);
        assertThat(text(resource, "service.name")).isEqualTo("shop");
        assertThat(resource.getAttribute(AttributeKey.longKey("process.pid"))).isEqualTo(GONE);
        assertThat(text(resource, "process.command")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "configured, by-name, service.name=by-list, configured",
        ", by-name, service.name=by-list, by-name",
        ", , service.name=by-list, by-list",
        ", , a=b, shop",
        "' ', ' ', service.name=, shop",
    })
    void serviceName_isConfiguredElseOfTheEnvironmentElseTheExecutables(
            @Nullable String configured, @Nullable String name, String list, String service) throws IOException {
        Map<String, String> environment = name == null
                ? Map.of("OTEL_RESOURCE_ATTRIBUTES", list)
                : Map.of("OTEL_RESOURCE_ATTRIBUTES", list, "OTEL_SERVICE_NAME", name);
        assertThat(text(of(environment, configured), "service.name")).isEqualTo(service);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k=v|v",
                "a=b,k=v,c=d|v",
                " k = v |v",
                "k=a%20b%2Cc|a b,c",
                "k=a+b|a+b",
                "k=%C3%A9|é",
                "k=%zz|%zz",
                "k=a=b|a=b",
                ",,=x,nothing,k=v|v",
                "k=1,k=2|2",
            })
    void resourceAttributes_ofTheEnvironment_areTaken(String list, String value) throws IOException {
        assertThat(text(of(Map.of("OTEL_RESOURCE_ATTRIBUTES", list), null), "k"))
                .isEqualTo(value);
    }

    @Test
    void resourceAttributes_ofTheEnvironment_cannotHideWhatIsKnown() throws IOException {
        Resource resource = of(Map.of("OTEL_RESOURCE_ATTRIBUTES", "process.pid=1,host.name=elsewhere"), null);
        assertThat(resource.getAttribute(AttributeKey.longKey("process.pid"))).isNotNull();
        assertThat(text(resource, "process.pid")).isNull();
        assertThat(text(resource, "host.name")).isEqualTo("node-1");
    }

    @Test
    void instanceId_isTheSameForTheSameProcessOnly() {
        String id = text(resources.of(GONE, SHOP, null), "service.instance.id");
        assertThat(UUID.fromString(id)).isNotNull();
        assertThat(text(resources.of(GONE, SHOP, null), "service.instance.id")).isEqualTo(id);
        assertThat(text(resources.of(GONE + 1, SHOP, null), "service.instance.id"))
                .isNotEqualTo(id);
    }

    @Test
    void instanceId_thatTheEnvironmentStates_isKept() throws IOException {
        Map<String, String> environment = Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=mine");
        assertThat(text(of(environment, null), "service.instance.id")).isEqualTo("mine");
    }
}
