package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network namespace of its own, with a loopback, until it is closed. */
record Namespace(String name) implements AutoCloseable {
    private static final long SECONDS = 60;

    static Namespace create(String name) throws IOException, InterruptedException {
        ip("netns", "add", name);
        Namespace namespace = new Namespace(name);
        try {
            ip("-n", name, "link", "set", "lo", "up");
            return namespace;
        } catch (IOException e) {
            namespace.close();
            throw e;
        }
    }

    /** The command that runs another one in here, in the same process. */
    List<String> run(String... command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
        inside.addAll(List.of(command));
        return inside;
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process ip = new ProcessBuilder(command).redirectErrorStream(true).start();
        if (!ip.waitFor(SECONDS, TimeUnit.SECONDS) || ip.exitValue() != 0) {
            ip.destroyForcibly();
            String said = new String(ip.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException(String.join(" ", command) + ": " + said + "; the test needs the package iproute2");
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        ip("netns", "delete", name);
    }
}
