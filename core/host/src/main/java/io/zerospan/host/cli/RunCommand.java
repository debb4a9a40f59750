package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.host.config.HostConfig;
import io.zerospan.host.config.HostConfig.PipelineConfig;
import io.zerospan.host.pipeline.Host;
import io.zerospan.host.plugin.PluginFolder;
import io.zerospan.host.plugin.PluginWatch;
import io.zerospan.host.trace.TraceEngine;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code zerospan run}: until SIGTERM or Ctrl-C. */
public final class RunCommand implements Command {
    /** What a start that is nearly done may take when it is to stop. */
    private static final long START_AFTER_STOP_SECONDS = 2;

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
    public void prepare() {
        TraceEngine.prefetch();
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        HostConfig config = ConfigOptions.read(arguments, console);
        try (StopSignal stop = StopSignal.install()) {
            PluginFolder plugins = Assembly.folder(config, console);
            try (Host host = Assembly.host(config, plugins, console);
                    PluginWatch watch = new PluginWatch(plugins, host::exchange)) {
                if (started(host, stop)) {
                    LOG.info(
                            "running: pipelines {}",
                            config.pipelines().stream().map(PipelineConfig::id).collect(Collectors.joining(", ")));
                    watch.start();
                    stop.await();
                    watch.close();
                    host.close();
                } else {
                    LOG.warn("stopped before the start was done");
                }
                stop.finished(Cli.OK);
            }
        }
        return Cli.OK;
    }

    /** False if it is to stop and the start does not come to an end; the end of the process then ends it. */
    private static boolean started(Host host, StopSignal stop) throws ComponentException {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread thread = new Thread(() -> start(host, started), "start");
        thread.setDaemon(true);
        thread.start();
        boolean toStop = stop.awaitOr(started);
        try {
            if (toStop) {
                started.get(START_AFTER_STOP_SECONDS, TimeUnit.SECONDS);
            } else {
                started.get();
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw cause instanceof ComponentException told ? told : new ComponentException("start: " + cause, cause);
        }
    }

    private static void start(Host host, CompletableFuture<Void> started) {
        try {
            host.start();
            started.complete(null);
        } catch (ComponentException | RuntimeException | Error e) {
            started.completeExceptionally(e);
        }
    }
}
