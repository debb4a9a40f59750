package io.zerospan.host.config;

import io.zerospan.api.Config;
import io.zerospan.host.trace.TargetRule;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code targets}: which processes to trace. */
final class TargetReader {
    /** Linux's PID_MAX_LIMIT on 64-bit machines. */
    private static final long MAX_PID = 1 << 22;

    private TargetReader() {}

    static List<TargetRule> read(NodeConfig root) {
        List<TargetRule> rules = new ArrayList<>();
        for (Config target : root.sections("targets")) {
            long pid = target.integer("pid", 0, 1, MAX_PID);
            String exe = text(target, "exe");
            checkGlob(target, exe);
            rules.add(new TargetRule(exe, pid == 0 ? null : (int) pid, text(target, "service_name")));
            ((NodeConfig) target).reportUnread();
        }
        return rules;
    }

    private static void checkGlob(Config target, @Nullable String glob) {
        try {
            if (glob != null) {
                FileSystems.getDefault().getPathMatcher("glob:" + glob);
            }
        } catch (PatternSyntaxException e) {
            target.reject("exe", "'" + glob + "' is no glob: " + e.getDescription());
        }
    }

    /** An empty text is what {@code "${env:SVC:-}"} leaves when nobody has set it. */
    private static @Nullable String text(Config target, String key) {
        String text = target.string(key, null);
        return text == null || text.isEmpty() ? null : text;
    }
}
