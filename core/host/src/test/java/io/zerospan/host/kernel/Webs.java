package io.zerospan.host.kernel;

import java.util.HashMap;
import java.util.Map;

/** One traced program for each build that the tests of a class ask for; all end with it. */
final class Webs implements AutoCloseable {
    /** Old libraries and the oldest Go, without symbols; and the newest of both. */
    static final Map<String, String> LIBRARIES =
            Map.of("old", WebTest.OLDEST_STRIPPED, "new", WebTest.NEWEST + " -modfile=newest.mod");

    /** How one is started. */
    interface Start {
        Web of(String build) throws Exception;
    }

    private final Map<String, Web> running = new HashMap<>();
    private final Start start;

    Webs(Start start) {
        this.start = start;
    }

    Web of(String build) throws Exception {
        Web web = running.get(build);
        if (web == null) {
            web = start.of(build);
            running.put(build, web);
        }
        return web;
    }

    @Override
    public void close() throws Exception {
        for (Web web : running.values()) {
            web.close();
        }
    }
}
