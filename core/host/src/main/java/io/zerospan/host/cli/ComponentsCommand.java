package io.zerospan.host.cli;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ExporterFactory;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.ProcessorFactory;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.Telemetry;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import io.zerospan.host.plugin.ComponentKind;
import io.zerospan.host.plugin.DroppedProbe;
import io.zerospan.host.telemetry.Metrics;
import io.zerospan.host.text.Printable;
import io.zerospan.host.trace.DeclaredProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ParseResult;

/** {@code zerospan components}: what the installed plugins offer, as a YAML document. */
public final class ComponentsCommand implements Command {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentsCommand.class);

    @Override
    public String name() {
        return "components";
    }

    @Override
    public String description() {
        return "Lists the component types of the installed plugins.";
    }

    @Override
    public int run(ParseResult arguments, Console console) throws ComponentException {
        ComponentCatalog catalog = Assembly.plugins(console);
        for (ComponentKind kind : ComponentKind.values()) {
            console.out().println(kind.section() + ":" + (catalog.types(kind).isEmpty() ? " []" : ""));
            for (Offer offer : catalog.offers()) {
                if (ComponentKind.of(offer.factory()) == kind) {
                    print(offer, console);
                }
            }
        }
        console.out().flush();
        return Cli.OK;
    }

    private static void print(Offer offer, Console console) {
        console.out().println("  - type: " + offer.factory().type());
        if (!offer.factory().aliases().isEmpty()) {
            console.out()
                    .println(
                            "    aliases: [" + String.join(", ", offer.factory().aliases()) + "]");
        }
        console.out()
                .println("    stability: " + offer.factory().stability().name().toLowerCase(Locale.ROOT));
        boolean dropped = offer.factory() instanceof DroppedProbe;
        console.out().println((dropped ? "    dropped in: " : "    plugin: ") + quoted(offer.plugin()));
        console.out().println("    version: " + quoted(offer.version()));
        console.out().println("    description: " + quoted(offer.factory().description()));
        AskedOptions options = new AskedOptions();
        List<String> hooks = look(offer.factory(), options);
        if (!hooks.isEmpty()) {
            console.out().println("    hooks:");
            hooks.forEach(hook -> console.out().println("      - " + quoted(hook)));
        }
        if (!options.asked().isEmpty()) {
            console.out().println("    options:");
            options.defaults()
                    .forEach((name, value) -> console.out().println("      " + quoted(name) + ": " + quoted(value)));
        }
    }

    /** Makes the component and starts nothing: which options it asks for, and the Go functions that a receiver probes. */
    private static List<String> look(ComponentFactory factory, AskedOptions options) {
        ComponentContext context = new Context(factory.type(), new Metrics());
        try {
            if (factory instanceof ReceiverFactory receivers) {
                List<String> hooks = new ArrayList<>();
                for (ProbeObject object : receivers.create(options, context).probes()) {
                    hooks.addAll(DeclaredProbe.read(object).hooks());
                }
                return hooks;
            } else if (factory instanceof ProcessorFactory processors) {
                processors.create(options, context, spans -> {});
            } else if (factory instanceof ExporterFactory exporters) {
                exporters.create(options, context);
            } else if (factory instanceof ExtensionFactory extensions) {
                extensions.create(options, context);
            }
        } catch (ComponentException | RuntimeException | LinkageError e) {
            LOG.debug("{} can't be made without its options: {}", factory.type(), e.toString());
        }
        return List.of();
    }

    private record Context(String id, Telemetry telemetry) implements ComponentContext {}

    private static String quoted(String text) {
        return '"' + Printable.line(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }
}
