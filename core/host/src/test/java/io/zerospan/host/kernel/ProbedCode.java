package io.zerospan.host.kernel;

import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.HookSites;
import io.zerospan.gobinary.ProbeSite;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Places in a process where the host puts probes. Executables at a fixed address only. */
final class ProbedCode {
    /** Any instruction that a probe is put on is shorter. */
    private static final int BYTES = 16;

    private static final List<String> STARTS = List.of(
            "net/http.serverHandler.ServeHTTP",
            "net/http.(*response).finishRequest",
            "net/http.(*conn).serve.func1",
            "net/http.(*persistConn).roundTrip",
            "net/http.(*Transport).roundTrip");

    private static final List<String> RETURNS = List.of("net/http.(*Transport).roundTrip");

    private static final String SDK = "go.opentelemetry.io/otel/sdk/trace.(*tracer).Start";

    private final Path memory;
    private final List<ProbeSite> sites = new ArrayList<>();
    private final List<byte[]> original = new ArrayList<>();

    /** The HTTP receivers' places. */
    static ProbedCode http(Path executable, int pid) throws Exception {
        return new ProbedCode(executable, pid, STARTS, RETURNS);
    }

    /** Where the host watches for an OpenTelemetry SDK that is used. */
    static ProbedCode sdk(Path executable, int pid) throws Exception {
        return new ProbedCode(executable, pid, List.of(SDK), List.of());
    }

    private ProbedCode(Path executable, int pid, List<String> starts, List<String> returns) throws Exception {
        memory = Path.of("/proc", Integer.toString(pid), "mem");
        try (GoBinary binary = GoBinary.read(executable)) {
            if (binary.pie()) {
                throw new IllegalArgumentException(executable + " is position-independent");
            }
            for (String symbol : starts) {
                HookSites hook = binary.hook(symbol);
                ProbeSite start = hook.start();
                if (start == null) {
                    throw new IllegalArgumentException(hook.reason());
                }
                sites.add(start);
            }
            returns.forEach(symbol -> sites.addAll(binary.hook(symbol).returns()));
        }
        try (RandomAccessFile file = new RandomAccessFile(executable.toFile(), "r")) {
            for (ProbeSite site : sites) {
                original.add(read(file, site.fileOffset()));
            }
        }
    }

    private static byte[] read(RandomAccessFile file, long at) throws IOException {
        byte[] bytes = new byte[BYTES];
        file.seek(at);
        file.readFully(bytes);
        return bytes;
    }

    int sites() {
        return sites.size();
    }

    boolean untouched() throws IOException {
        return changed() == 0;
    }

    boolean probed() throws IOException {
        return changed() == sites();
    }

    /** At how many of the places the process's memory differs from its file. */
    int changed() throws IOException {
        int changed = 0;
        try (RandomAccessFile now = new RandomAccessFile(memory.toFile(), "r")) {
            for (int i = 0; i < sites.size(); i++) {
                if (!Arrays.equals(read(now, sites.get(i).address()), original.get(i))) {
                    changed++;
                }
            }
        }
        return changed;
    }
}
