package io.zerospan.exporter.viewer;

import java.io.IOException;

/** Which path is answered by whom. Lens keeps its pages in the browser: every other path is its start page. */
final class Routes {
    private static final String ROOT = "/zipkin/";
    private static final String API = "/zipkin/api/v2/";
    private static final String STATIC = "/zipkin/static/";

    private final ZipkinApi api;
    private final LensFiles files;

    Routes(ZipkinApi api, LensFiles files) {
        this.api = api;
        this.files = files;
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
        if (path.startsWith(ROOT)) {
            return files.file("index.html");
        }
        if (path.equals("/") || path.equals("/zipkin")) {
            return Answer.redirect(ROOT);
        }
        return Answer.text(404, "The viewer is at " + ROOT + ".");
    }
}
