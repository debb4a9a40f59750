package io.zerospan.exporter.viewer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request, byte for byte: a well-behaved client would tidy the path and set {@code Host} itself. */
final class RawHttp {
    private RawHttp() {}

    static Response send(int port, String method, String target, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            int end = answer.indexOf("\r\n\r\n");
            return new Response(
                    answer.substring(0, end), answer.substring(end + 4).getBytes(ISO_8859_1));
        }
    }

    record Response(String head, byte[] bytes) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        String text() {
            return new String(bytes, UTF_8);
        }

        @Nullable String contentType() {
            return header("Content-Type");
        }

        @Nullable String location() {
            return header("Location");
        }

        private @Nullable String header(String name) {
            Matcher line = Pattern.compile("(?im)^" + name + ": *(.*?)\r?$").matcher(head);
            return line.find() ? line.group(1) : null;
        }
    }
}
