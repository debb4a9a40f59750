package io.zerospan.host.cli;

import io.zerospan.gobinary.Contradiction;
import io.zerospan.gobinary.FieldOffset;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.HookSites;
import io.zerospan.gobinary.Inspection;
import io.zerospan.gobinary.ProbeSite;
import io.zerospan.host.text.Counted;
import io.zerospan.host.text.Printable;
import io.zerospan.host.trace.Inspected;
import io.zerospan.host.trace.ReceiverHooks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code zerospan inspect} for people: at most {@value #WIDTH} columns. */
final class InspectionText {
    static final int WIDTH = 100;
    /** Modules of a large program fill screens; JSON has all of them. */
    private static final int MODULES_SHOWN = 8;

    private final StringBuilder text = new StringBuilder();

    private InspectionText() {}

    static String of(Path file, Inspected inspected) {
        InspectionText page = new InspectionText();
        Inspection binary = inspected.binary();
        page.head(file, binary);
        Map<String, HookSites> hooks = new LinkedHashMap<>();
        binary.hooks().forEach(hook -> hooks.put(hook.symbol(), hook));
        page.line("hooks: address, cost where it begins / sites where it ends and their cost");
        for (ReceiverHooks receiver : inspected.receivers()) {
            page.line("  " + receiver.receiver());
            for (ReceiverHooks.Use use : receiver.uses()) {
                HookSites hook = hooks.get(use.symbol());
                if (hook != null) page.hook(hook, use);
            }
            receiver.problems().forEach(problem -> page.line("    ! " + problem));
        }
        page.line("fields: offset, where it was read");
        for (FieldOffset field : binary.fields()) {
            page.row("  ", field.struct() + "." + field.field(), field.offset() + "  " + words(field.source()));
        }
        page.missing(binary.missing());
        for (Contradiction contradiction : binary.contradictions()) {
            page.line("  ! " + contradiction.text() + "; the former is used");
        }
        if (!binary.debugProblem().isEmpty()) {
            page.line("  ! not compared: " + binary.debugProblem());
        }
        return page.text.toString();
    }

    private void head(Path file, Inspection binary) {
        line(file.toString());
        line("  " + binary.go() + ", " + binary.arch() + (binary.pie() ? ", position-independent" : ""));
        line("  build id " + (binary.buildId().isEmpty() ? "none" : binary.buildId()));
        binary.modules().stream()
                .limit(MODULES_SHOWN)
                .forEach(module -> line("  module " + module.path() + " " + module.version()));
        int more = binary.modules().size() - MODULES_SHOWN;
        if (more > 0) {
            line("  and " + Counted.of(more, "module") + " more (--json shows all)");
        }
    }

    private void hook(HookSites hook, ReceiverHooks.Use use) {
        if (hook.eligible()) {
            row("    + ", hook.symbol(), "0x%x %s".formatted(hook.address(), costs(hook, use)));
        } else {
            String name = hook.symbol() + " ";
            String reason = hook.reason();
            row("    - ", hook.symbol(), reason.startsWith(name) ? reason.substring(name.length()) : reason);
        }
    }

    /** Only of the sites that the probes make use of. */
    private static String costs(HookSites hook, ReceiverHooks.Use use) {
        ProbeSite start = hook.start();
        String begins = start == null ? "nowhere" : words(start.cost());
        if (!use.ends()) {
            return begins;
        }
        return (use.starts() ? begins : "-") + " / " + ends(hook.ends());
    }

    private static String ends(List<ProbeSite> sites) {
        Map<String, Integer> counts = new TreeMap<>(); // the cheap ones first
        sites.forEach(site -> counts.merge(words(site.cost()), 1, Integer::sum));
        StringBuilder text = new StringBuilder();
        counts.forEach((cost, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(cost));
        return text.isEmpty() ? "never" : text.toString();
    }

    /** A line for each struct: most programs lack most structs. */
    private void missing(List<FieldOffsets.Field> missing) {
        Map<String, String> byStruct = new LinkedHashMap<>();
        missing.forEach(field -> byStruct.merge(field.struct(), field.path(), (paths, path) -> paths + ", " + path));
        if (!byStruct.isEmpty()) line("  not in this binary");
        byStruct.forEach((struct, paths) -> row("    ", struct, paths));
    }

    /** As {@code --json} writes it. */
    private static String words(Enum<?> constant) {
        String word = constant.name().toLowerCase(Locale.ROOT);
        return constant instanceof FieldOffset.Source ? word.replace('_', ' ') : word.replace('_', '-');
    }

    /** The second column begins in the middle, wherever the first leaves room. */
    private void row(String indent, String name, String rest) {
        line("%-58s %s".formatted(indent + name, rest));
    }

    private void line(String line) {
        text.append(Wrapped.line(Printable.line(line), WIDTH)).append('\n');
    }
}
