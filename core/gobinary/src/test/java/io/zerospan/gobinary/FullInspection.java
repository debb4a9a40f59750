package io.zerospan.gobinary;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Asks a binary everything that the host's own probes ask, and a little more. */
final class FullInspection {
    static final List<String> HOOKS = List.of(
            "net/http.serverHandler.ServeHTTP",
            "net/http.(*response).finishRequest",
            "net/http.(*conn).serve.func1",
            "net/http.(*Transport).roundTrip",
            "net/http.(*persistConn).roundTrip",
            "database/sql.(*DB).queryDC",
            "database/sql.(*DB).execDC",
            "database/sql.(*Tx).Commit",
            "net/http.(*Client).Do",
            "main.framed",
            "main.frameless",
            "main.tested",
            "main.huge",
            "main.nothing");

    private static final List<FieldOffsets.Field> FIELDS = Stream.of(
                    "runtime.g goid",
                    "runtime.g stack.hi",
                    "net/http.Request Method",
                    "net/http.Request ctx",
                    "net/url.URL Path",
                    "net.TCPConn conn.fd",
                    "net.netFD laddr",
                    "database/sql.DB connector",
                    "main.line from.y",
                    "main.line none")
            .map(text -> text.split(" "))
            .map(words -> new FieldOffsets.Field(words[0], words[1]))
            .toList();

    private static final List<String> TYPES =
            List.of("*net.TCPConn", "*crypto/tls.Conn", "*main.line", "main.pair[main.point]", "main.none");

    private FullInspection() {}

    static void of(Path file) throws GoBinaryException {
        of(GoBinary.read(file));
    }

    /** Closes the binary. */
    static void of(GoBinary opened) {
        try (GoBinary binary = opened) {
            HOOKS.forEach(binary::hook);
            // in this process alone: damaged debug information has a test of its own
            FIELDS.forEach(field -> binary.field(field.struct(), field.path()));
            for (String name : TYPES) {
                binary.type(name).ifPresent(type -> {
                    binary.typeName(type.address());
                    binary.typePath(type.address());
                });
            }
            binary.contextTypes().forEach(type -> binary.typePath(type.typeAddress()));
        }
    }
}
