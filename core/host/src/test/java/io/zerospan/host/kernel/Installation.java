package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What users install, put together as {@code script/build} does it from what Maven has packaged.
 *
 * @param home its folder
 */
record Installation(Path home) {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    static Installation in(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(ROOT.resolve("script/lib/assemble").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("script/lib/assemble " + folder + " failed: " + said);
        }
        return new Installation(folder);
    }

    /** One of its own examples. */
    Path example(String name) {
        return home.resolve("config").resolve("examples").resolve(name);
    }

    /** {@code zerospan run}, when its probes are in. */
    Daemon run(Map<String, String> environment, Path... configs) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve("zerospan").toString(), "run"));
        for (Path config : configs) {
            command.addAll(List.of("--config", config.toString()));
        }
        Daemon host = Daemon.start(command, environment);
        host.await("running: pipelines");
        return host;
    }
}
