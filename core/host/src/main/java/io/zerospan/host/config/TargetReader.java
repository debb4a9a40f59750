package io.zerospan.host.config;

import io.zerospan.api.Config;
import io.zerospan.host.trace.Instrumented;
import io.zerospan.host.trace.TargetRule;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code targets}: which processes to trace. */
final class TargetReader {
    /** Linux's PID_MAX_LIMIT on 64-bit machines. */
    private static final long MAX_PID = 1 << 22;

    private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?%?");

    private TargetReader() {}

    static List<TargetRule> read(NodeConfig root) {
        List<TargetRule> rules = new ArrayList<>();
        List<Config> targets = root.sections("targets");
        if (targets.isEmpty() && root.isList("targets")) {
            root.reject(
                    "targets",
                    "is empty, and so nothing would be traced; name a target, or remove the key to trace"
                            + " every Go program");
        }
        for (Config target : targets) {
            long pid = target.integer("pid", 0, 1, MAX_PID);
            String exe = text(target, "exe");
            checkExe(target, exe);
            rules.add(new TargetRule(
                    exe,
                    pid == 0 ? null : (int) pid,
                    text(target, "service_name"),
                    instrumented(target),
                    maxOverhead(target)));
            ((NodeConfig) target).reportUnread();
        }
        return rules;
    }

    private static Instrumented instrumented(Config target) {
        String skip = Instrumented.SKIP.word();
        return target.choice("instrumented", skip, skip, Instrumented.TRACE.word())
                        .equals(skip)
                ? Instrumented.SKIP
                : Instrumented.TRACE;
    }

    private static double maxOverhead(Config target) {
        String text = text(target, "max_overhead");
        if (text == null) {
            return TargetRule.UNBOUNDED;
        }
        Matcher percentage = PERCENTAGE.matcher(text);
        double percent = percentage.matches() ? Double.parseDouble(percentage.group(1)) : 0;
        if (percent <= 0 || percent > 100) {
            target.reject(
                    "max_overhead", "'" + text + "' is no percentage above 0 and up to 100; write one, such as 2%");
            return TargetRule.UNBOUNDED;
        }
        return percent / 100;
    }

    private static void checkExe(Config target, @Nullable String exe) {
        if (exe != null) {
            ExeGlob.problem(exe).ifPresent(problem -> target.reject("exe", problem));
        } else if (target.has("exe")) {
            target.reject("exe", "is empty; write a path or a glob, such as '/srv/shop/bin/*'");
        } else if (!target.has("pid")) {
            ((NodeConfig) target).reject("names no process; give 'exe' or 'pid', such as exe: '/srv/shop/bin/*'");
        }
    }

    /** An empty text is what {@code "${env:SVC:-}"} leaves when nobody has set it. */
    private static @Nullable String text(Config target, String key) {
        String text = target.string(key, null);
        return text == null || text.isEmpty() ? null : text;
    }
}
