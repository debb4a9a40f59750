package io.zerospan.host.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The OpenTelemetry resource of a traced process. */
final class ProcessResource {
    private final String hostName;

    ProcessResource(String hostName) {
        this.hostName = hostName;
    }

    /** What can be told of a process that may already be gone. */
    Resource of(int pid, Executable executable, @Nullable String configuredName) {
        Map<String, String> environment;
        List<String> command;
        try {
            environment = ProcFs.environment(pid);
            command = ProcFs.commandLine(pid);
        } catch (IOException gone) {
            environment = Map.of();
            command = List.of();
        }
        return of(pid, executable, configuredName, environment, command, startTicks(pid));
    }

    /** Of one whose pid another process may have by now: what {@code /proc} holds is not its. */
    Resource ofFormer(int pid, long startNanos, Executable executable, @Nullable String configuredName) {
        return of(pid, executable, configuredName, Map.of(), List.of(), Long.toString(startNanos));
    }

    private Resource of(
            int pid,
            Executable executable,
            @Nullable String configuredName,
            Map<String, String> environment,
            List<String> command,
            String start) {
        AttributesBuilder attributes = Attributes.builder();
        Map<String, String> stated = stated(environment.get("OTEL_RESOURCE_ATTRIBUTES"));
        stated.forEach(attributes::put);
        attributes.put("service.name", serviceName(configuredName, environment, stated, executable));
        if (!stated.containsKey("service.instance.id")) {
            attributes.put("service.instance.id", instanceId(pid, start));
        }
        attributes.put("process.pid", (long) pid);
        attributes.put("process.executable.name", executable.name());
        attributes.put("process.executable.path", executable.path());
        if (!command.isEmpty()) {
            attributes.put("process.command", command.get(0));
        }
        attributes.put("process.runtime.name", "go");
        attributes.put("process.runtime.version", executable.goVersion());
        attributes.put("host.name", hostName);
        attributes.put("telemetry.sdk.language", "go");
        attributes.put("telemetry.distro.name", "zerospan");
        return Resource.create(attributes.build());
    }

    /** The same for the same process seen twice, different for any two processes of this boot. */
    private String instanceId(int pid, String start) {
        String seed = hostName + '/' + pid + '/' + start;
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String startTicks(int pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(Object::toString)
                .orElse("gone");
    }

    private static String serviceName(
            @Nullable String configured, Map<String, String> environment, Map<String, String> stated, Executable exe) {
        for (String name :
                new @Nullable String[] {configured, environment.get("OTEL_SERVICE_NAME"), stated.get("service.name")}) {
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        return exe.name();
    }

    /** {@code key=value,key=value}, values percent-encoded; what is not of this form is passed over. */
    private static Map<String, String> stated(@Nullable String list) {
        Map<String, String> stated = new java.util.LinkedHashMap<>();
        for (String pair : list == null ? new String[0] : list.split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                stated.put(
                        pair.substring(0, equals).trim(),
                        decoded(pair.substring(equals + 1).trim()));
            }
        }
        return stated;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return value;
        }
    }
}
