package io.zerospan.exporter.viewer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What goes back to the browser. */
record Answer(int status, String contentType, byte[] body) {
    static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    static final int OK = 200;
    static final int FOUND = 302;

    static Answer json(byte[] body) {
        return new Answer(OK, JSON, body);
    }

    static Answer text(int status, String sentence) {
        return new Answer(status, TEXT, sentence.getBytes(UTF_8));
    }

    static Answer redirect(String location) {
        return new Answer(FOUND, TEXT, location.getBytes(UTF_8));
    }
}
