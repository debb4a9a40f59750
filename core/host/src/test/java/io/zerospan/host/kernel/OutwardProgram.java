package io.zerospan.host.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The test program {@code outward}: a server, and callers that compare what they sent with what has come. */
record OutwardProgram(GoProgram program, Map<String, String> authorities) implements AutoCloseable {
    /** With Go from 1.24 on the standard library speaks cleartext HTTP/2. */
    static final GoBuild BUILD = GoBuild.of("outward");

    static OutwardProgram start(List<String> command) throws Exception {
        GoProgram program = GoProgram.start(command);
        Map<String, String> authorities = new HashMap<>();
        for (String word : program.await("ready").split(" ")) {
            authorities.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return new OutwardProgram(program, Map.copyOf(authorities));
    }

    static OutwardProgram start(Path binary) throws Exception {
        return start(List.of(binary.toString()));
    }

    /** @param way {@code h1} or {@code h2c} */
    String url(String way, String path) {
        return "http://" + authorities.get(way) + path;
    }

    void next(String url) throws IOException, InterruptedException {
        program.say("next " + url);
        program.await("done");
    }

    /** The trace headers that came, as {@code traceparent=… b3=…}. */
    String get(String caller, String url, String... headers) throws IOException, InterruptedException {
        program.say("get " + caller + " " + url + " " + String.join(" ", headers));
        return program.await("done");
    }

    /** Sends many requests; what became of them, as {@code errors=0 with=3 without=0 more=0}. */
    String run(String caller, String url, String kind, int requests) throws IOException, InterruptedException {
        program.say("run " + caller + " " + url + " " + kind + " " + requests + " 64");
        return program.await("done");
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
