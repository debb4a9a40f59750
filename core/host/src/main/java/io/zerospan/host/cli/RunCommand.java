package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.HostConfig.PipelineConfig;
import io.zerospan.host.pipeline.Host;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code zerospan run}: until SIGTERM or Ctrl-C. */
public final class RunCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String description() {
        return "Traces by a configuration until it is stopped.";
    }

    @Override
    public void declare(CommandSpec spec) {
        ConfigOptions.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        HostConfig config = ConfigOptions.read(arguments, console);
        try (StopSignal stop = StopSignal.install();
                Host host = Assembly.host(config, console)) {
            host.start();
            LOG.info(
                    "running: pipelines {}",
                    config.pipelines().stream().map(PipelineConfig::id).collect(Collectors.joining(", ")));
            stop.await();
            host.close();
            stop.finished(Cli.OK);
        }
        return Cli.OK;
    }
}
