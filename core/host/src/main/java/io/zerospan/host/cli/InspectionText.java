package io.zerospan.host.cli;

import io.zerospan.gobinary.Contradiction;
import io.zerospan.gobinary.CostClass;
import io.zerospan.gobinary.FieldOffset;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.HookSites;
import io.zerospan.gobinary.Inspection;
import io.zerospan.gobinary.ProbeSite;
import io.zerospan.host.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code zerospan inspect} for people: at most {@value #WIDTH} columns. */
final class InspectionText {
    static final int WIDTH = 100;
    /** Modules of a large program fill screens; JSON has all of them. */
    private static final int MODULES_SHOWN = 8;

    private final StringBuilder text = new StringBuilder();

    private InspectionText() {}

    static String of(Path file, Inspection inspection) {
        InspectionText page = new InspectionText();
        page.head(file, inspection);
        page.line("hooks");
        inspection.hooks().forEach(page::hook);
        page.line("fields");
        for (FieldOffset field : inspection.fields()) {
            page.field(field.struct() + "." + field.field(), field.offset() + "  " + words(field.source()));
        }
        for (FieldOffsets.Field field : inspection.missing()) {
            page.field(field.struct() + "." + field.path(), "not in this binary");
        }
        for (Contradiction contradiction : inspection.contradictions()) {
            page.line("  ! " + contradiction.text() + "; the former is used");
        }
        if (!inspection.debugProblem().isEmpty()) {
            page.line("  ! not compared: " + inspection.debugProblem());
        }
        return page.text.toString();
    }

    private void head(Path file, Inspection inspection) {
        line(file.toString());
        line("  " + inspection.go() + ", " + inspection.arch() + (inspection.pie() ? ", position-independent" : ""));
        line("  build id " + (inspection.buildId().isEmpty() ? "none" : inspection.buildId()));
        inspection.modules().stream()
                .limit(MODULES_SHOWN)
                .forEach(module -> line("  module " + module.path() + " " + module.version()));
        int more = inspection.modules().size() - MODULES_SHOWN;
        if (more > 0) {
            line("  and " + more + " modules more (--json shows all)");
        }
    }

    private void hook(HookSites hook) {
        line("  " + (hook.eligible() ? "+ " : "- ") + hook.symbol());
        if (!hook.eligible()) {
            line("      " + hook.reason());
            return;
        }
        ProbeSite start = hook.start();
        String where = start == null ? "no start site" : "start " + words(start.cost());
        line("      at 0x%x, %s, %s".formatted(hook.address(), where, ends(hook)));
    }

    private static String ends(HookSites hook) {
        List<ProbeSite> sites = hook.ends();
        if (!sites.equals(hook.returns())) {
            return "ends behind %d calls (emulated)".formatted(sites.size());
        }
        long cheap =
                sites.stream().filter(site -> site.cost() == CostClass.EMULATED).count();
        return "%d returns (%d emulated, %d single-step)".formatted(sites.size(), cheap, sites.size() - cheap);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void field(String name, String where) {
        line("  %-44s %s".formatted(name, where));
    }

    private void line(String line) {
        text.append(Wrapped.line(Printable.line(line), WIDTH)).append('\n');
    }
}
