package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.api.SpanConsumer;
import io.zerospan.host.telemetry.Metrics;
import io.zerospan.host.text.Printable;
import io.zerospan.host.trace.Instrumented;
import io.zerospan.host.trace.Limits;
import io.zerospan.host.trace.TargetRule;
import io.zerospan.host.trace.TraceEngine;
import io.zerospan.host.waterfall.LiveWaterfalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code zerospan trace}: every installed receiver with its defaults, and each trace as a waterfall in the terminal. */
public final class TraceCommand implements Command {

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public String description() {
        return "Shows the traces of running programs (without options, of all), or of one that it starts, in the terminal.";
    }

    @Override
    public void declare(CommandSpec spec) {
        TraceOptions.declare(spec);
    }

    @Override
    public void prepare() {
        TraceEngine.prefetch();
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        TraceOptions options = TraceOptions.of(arguments);
        console.log().level(options.verbose() ? "info" : "warn");
        try {
            return options.command().isEmpty() ? watch(options, console) : start(options.command(), console);
        } catch (CommandRefusedException e) {
            console.err().println(Printable.line(String.valueOf(e.getMessage())));
            return e.exitCode();
        }
    }

    /** Until Ctrl-C, or until the one process ends. */
    private static int watch(TraceOptions options, Console console) throws ComponentException {
        try (StopSignal stop = StopSignal.install()) {
            LiveWaterfalls waterfalls = waterfalls(console, stop::request);
            Metrics metrics = new Metrics();
            try (TraceEngine engine = engine(console, waterfalls, options.targets(), metrics)) {
                engine.start();
                waterfalls.start();
                console.err().println(Printable.line("zerospan: tracing " + options.whom() + "; Ctrl-C ends it"));
                if (options.pid() != null) {
                    ProcessEnd.of(options.pid()).thenRun(stop::request);
                }
                stop.await();
                end(engine, waterfalls, metrics, console);
            }
            stop.finished(Cli.OK);
        }
        return Cli.OK;
    }

    private static int start(List<String> words, Console console) throws ComponentException {
        CommandFile file = CommandFile.find(
                words.get(0), console.environment().apply("PATH"), Path.of("").toAbsolutePath());
        file.checkTraceable();
        TracedCommand command = new TracedCommand(
                file,
                words,
                SudoUser.of(
                        console.environment(),
                        isRoot(),
                        uid -> Answer.of("getent", "passwd", uid).orElse(null)));
        LiveWaterfalls waterfalls = waterfalls(console, () -> {}); // the program's end is ours, read or unread
        ProcessFamily family = new ProcessFamily(waterfalls);
        Metrics metrics = new Metrics();
        TargetRule asked = TargetRule.exactly(file.real()).instrumented(Instrumented.TRACE);
        try (TraceEngine engine = engine(console, family, List.of(asked), metrics)) {
            engine.start();
            waterfalls.start();
            command.takeSignals();
            family.found(command::start);
            int code = command.await();
            end(engine, waterfalls, metrics, console);
            return code;
        }
    }

    private static LiveWaterfalls waterfalls(Console console, Runnable unread) {
        Screen screen = Screen.ofStdout(console.environment());
        screen.follow();
        return new LiveWaterfalls(console.out(), screen::width, screen.palette(), unread);
    }

    private static TraceEngine engine(Console console, SpanConsumer consumer, List<TargetRule> targets, Metrics metrics)
            throws ComponentException {
        return new TraceEngine(
                Assembly.receivers(Assembly.plugins(console), consumer, metrics),
                targets,
                Limits.DEFAULT,
                metrics,
                Assembly.offsets(console));
    }

    /** Detaches, shows what is left, and sums up. */
    private static void end(TraceEngine engine, LiveWaterfalls waterfalls, Metrics metrics, Console console) {
        SortedMap<String, Long> told = metrics.snapshot();
        SortedMap<String, Long> losses = TraceSummary.losses(told);
        List<String> costs = CostSummary.of(metrics.counters());
        engine.close();
        waterfalls.close();
        costs.forEach(line -> console.err().println(Printable.line(line)));
        console.err().println(TraceSummary.of(waterfalls, losses));
        console.err().flush();
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
