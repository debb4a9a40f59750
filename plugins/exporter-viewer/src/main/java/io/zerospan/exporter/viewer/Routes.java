package io.zerospan.exporter.viewer;

import java.io.IOException;
import java.time.Clock;

/** Which path is answered by whom. Lens keeps its pages in the browser: every other path is its start page. */
final class Routes {
    private static final String ROOT = "/zipkin/";
    private static final String API = "/zipkin/api/v2/";
    private static final String STATIC = "/zipkin/static/";

    private final ZipkinApi api;
    private final LensFiles files;
    private final Clock clock;

    /** @param clock the start page looks for nothing unless its address says up to when */
    Routes(ZipkinApi api, LensFiles files, Clock clock) {
        this.api = api;
        this.files = files;
        this.clock = clock;
    }

    Answer answer(String path, Query query) throws IOException {
        if (path.startsWith(API)) {
            return api.answer(path.substring(API.length()), query);
        }
        if (path.equals("/zipkin/config.json")) {
            return api.uiConfig();
        }
        if (path.equals("/zipkin/favicon.ico") || path.startsWith(STATIC)) {
            return files.file(path.substring(ROOT.length()));
        }
        if (path.equals("/")
                || path.equals("/zipkin")
                || (path.equals(ROOT) && query.values().isEmpty())) {
            return Answer.redirect(ROOT + "?lookback=15m&limit=10&endTs=" + clock.millis());
        }
        if (path.startsWith(ROOT)) {
            return files.file("index.html");
        }
        return Answer.text(404, "The viewer is at " + ROOT + ".");
    }
}
