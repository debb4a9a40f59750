package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.trace.Inspections;
import io.zerospan.host.trace.Rehearsal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What the build runs once to make the archive of parsed classes: loads what {@code run} will want. Not for people. */
public final class TrainCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String description() {
        return "Loads what a run will want; the build makes an archive of it.";
    }

    @Override
    public boolean hidden() {
        return true;
    }

    @Override
    public void declare(CommandSpec spec) {
        ConfigOptions.declare(spec);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("BINARY")
                .type(Path.class)
                .arity("0..1")
                .description("A Go executable to read.")
                .build());
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        HostConfig config = ConfigOptions.read(arguments, console);
        Assembly.check(config, Optional.empty(), console);
        var receivers = Assembly.receivers(Assembly.plugins(console));
        Rehearsal.run(receivers);
        Path binary = arguments.matchedPositionalValue(0, (Path) null);
        if (binary != null) {
            InspectionText.of(binary, Inspections.of(binary, receivers, Assembly.offsets(console)));
        }
        LOG.info("loaded {} classes of our own", loadOwnClasses(console.home().resolve("lib")));
        return Cli.OK;
    }

    private static int loadOwnClasses(Path libraries) throws ComponentException {
        int loaded = 0;
        try (Stream<Path> jars = Files.list(libraries)) {
            for (Path jar : jars.filter(file -> file.getFileName().toString().matches("zerospan-.*\\.jar"))
                    .toList()) {
                loaded += loadClasses(jar);
            }
        } catch (IOException e) {
            throw new ComponentException("read the jars in " + libraries + ": " + e.getMessage(), e);
        }
        return loaded;
    }

    private static int loadClasses(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> classes = file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
            for (String name : classes) {
                try {
                    Class.forName(name, false, TrainCommand.class.getClassLoader());
                } catch (ClassNotFoundException | LinkageError e) {
                    LOG.debug("{}: {}", name, e.toString());
                }
            }
            return classes.size();
        }
    }
}
