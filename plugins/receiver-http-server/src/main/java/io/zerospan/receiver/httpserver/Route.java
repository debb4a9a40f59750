package io.zerospan.receiver.httpserver;

import io.zerospan.api.SpanDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pattern by which a request's handler was chosen, without method and host. */
final class Route {
    /** In the order in which the routers come: chi's are mounted within one another. */
    private static final List<String> PARTS = List.of("zs.route", "zs.route.2", "zs.route.3", "zs.route.4");

    private Route() {}

    /** Null if no router found any. A router behind net/http's own knows more than that. */
    static @Nullable String of(SpanDraft span) {
        String route = joined(span);
        return route != null ? route : pathOf(span.text("zs.pattern"));
    }

    private static @Nullable String joined(SpanDraft span) {
        StringBuilder all = new StringBuilder();
        for (String part : PARTS) {
            String text = span.text(part);
            if (text != null) {
                all.append(text);
            }
        }
        return all.isEmpty() ? null : withoutMounts(all.toString());
    }

    /** Where one router is mounted in another there is a wildcard, which stands for what the inner one matches. */
    private static String withoutMounts(String joined) {
        String route = joined;
        while (route.contains("/*/")) {
            route = route.replace("/*/", "/");
        }
        return route;
    }

    /** The path of a pattern such as {@code GET example.com/items/{id}}. */
    private static @Nullable String pathOf(@Nullable String pattern) {
        if (pattern == null) {
            return null;
        }
        int slash = pattern.indexOf('/');
        return slash < 0 ? null : pattern.substring(slash);
    }
}
