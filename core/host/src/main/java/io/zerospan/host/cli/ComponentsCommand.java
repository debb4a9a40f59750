package io.zerospan.host.cli;

import io.zerospan.api.ComponentException;
import io.zerospan.host.plugin.ComponentCatalog;
import io.zerospan.host.plugin.ComponentCatalog.Offer;
import io.zerospan.host.plugin.ComponentKind;
import io.zerospan.host.plugin.DroppedProbe;
import io.zerospan.host.text.Printable;
import java.util.Locale;
import picocli.CommandLine.ParseResult;

/** {@code zerospan components}: what the installed plugins offer, as a YAML document. */
public final class ComponentsCommand implements Command {

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
        console.out().println("    description: " + quoted(offer.factory().description()));
        if (offer.factory() instanceof DroppedProbe probe) {
            console.out().println("    hooks:");
            probe.hooks().forEach(hook -> console.out().println("      - " + quoted(hook)));
        }
    }

    private static String quoted(String text) {
        return '"' + Printable.line(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }
}
