package io.zerospan.exporter.zipkin;

import io.zerospan.api.ExportException;
import io.zerospan.export.HttpPost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.Encoding;

/**
 * Posts encoded spans, in as many requests as their size wants, and keeps the outcome: OpenTelemetry's exporter would
 * log what a sender throws, stack and all, and report no more than that something failed.
 */
final class PostSender extends BytesMessageSender.Base {
    private final HttpPost post;
    private final boolean gzip;
    private int sent;
    private @Nullable ExportException failure;

    PostSender(Encoding encoding, HttpPost post, boolean gzip) {
        super(encoding);
        this.post = post;
        this.gzip = gzip;
    }

    /** Begins a request of which {@code sent} messages arrived in an earlier attempt. */
    void begin(int alreadySent) {
        sent = alreadySent;
        failure = null;
    }

    @Override
    public void send(List<byte[]> encodedSpans) throws IOException {
        List<List<byte[]>> messages = messages(encodedSpans);
        try {
            for (; sent < messages.size(); sent++) {
                post(encoding.encode(messages.get(sent)));
            }
        } catch (ExportException e) {
            failure = e;
        }
    }

    /** What went wrong, or null. */
    @Nullable ExportException failure() {
        return failure;
    }

    /** Messages that have arrived. */
    int sent() {
        return sent;
    }

    @Override
    public int messageMaxBytes() {
        return HttpPost.MAX_BODY_BYTES;
    }

    @Override
    public void close() {}

    /** A span larger than a message travels alone: the backend may take it. */
    private List<List<byte[]>> messages(List<byte[]> spans) {
        List<List<byte[]>> messages = new ArrayList<>();
        int begin = 0;
        int size = messageSizeInBytes(List.of());
        for (int end = 0; end < spans.size(); end++) {
            int more = spans.get(end).length + 1; // the comma, which protobuf lacks
            if (size + more > messageMaxBytes() && end > begin) {
                messages.add(spans.subList(begin, end));
                begin = end;
                size = messageSizeInBytes(List.of());
            }
            size += more;
        }
        if (begin < spans.size()) {
            messages.add(spans.subList(begin, spans.size()));
        }
        return messages;
    }

    private void post(byte[] body) throws ExportException, IOException {
        if (gzip) {
            post.send(compressed(body), Map.of("Content-Type", encoding.mediaType(), "Content-Encoding", "gzip"));
        } else {
            post.send(body, Map.of("Content-Type", encoding.mediaType()));
        }
    }

    private static byte[] compressed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }
}
