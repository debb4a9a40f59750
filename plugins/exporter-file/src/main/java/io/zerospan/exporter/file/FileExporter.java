package io.zerospan.exporter.file;

import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.ComponentException;
import io.zerospan.api.ExportException;
import io.zerospan.api.Exporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Appends a line for each batch. The line is encoded first and written at once, so that readers see whole lines. */
final class FileExporter implements Exporter {
    /** Spans hold addresses and paths of requests: for the owner alone, if the file is ours to create. */
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Bits of a file's mode: inode(7). */
    private static final int FILE_TYPE = 0170000;

    private static final int NAMED_PIPE = 0010000;

    private final String id;
    private final Path path;
    private @Nullable FileChannel file;

    FileExporter(String id, Path path) {
        this.id = id;
        this.path = path;
    }

    @Override
    public synchronized void start() throws ComponentException {
        if (file != null) {
            return;
        }
        try {
            refuseNamedPipe();
            file = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), OWNER_ONLY);
        } catch (IOException e) {
            throw new ComponentException(
                    id + ": cannot write to " + path.toAbsolutePath() + ": " + reason(e)
                            + "; choose another with 'exporters: " + id + ": path: ...'",
                    e);
        }
    }

    /** Opening one waits for a reader, perhaps for ever. */
    private void refuseNamedPipe() throws IOException {
        if (Files.exists(path) && ((Integer) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == NAMED_PIPE) {
            throw new IOException("it is a named pipe");
        }
    }

    @Override
    public synchronized void export(List<SpanData> spans) throws ExportException {
        FileChannel open = file;
        if (open == null) {
            throw new ExportException("write to " + path + ": the exporter is not started", null, false);
        }
        try {
            append(open, line(spans));
        } catch (IOException e) {
            throw new ExportException("write to " + path + ": " + reason(e), e, true);
        }
    }

    @Override
    public synchronized void close() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException ignored) {
            // All was written by export(); there is nothing left to lose.
        }
        file = null;
    }

    private static ByteBuffer line(List<SpanData> spans) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        TraceRequestMarshaler.create(spans).writeJsonTo(json);
        json.write('\n');
        return ByteBuffer.wrap(json.toByteArray());
    }

    /** A full disk takes a part of a line: what was written goes again, or the next line would be unreadable too. */
    private static void append(FileChannel file, ByteBuffer line) throws IOException {
        long before = file.size();
        try {
            while (line.hasRemaining()) {
                file.write(line);
            }
        } catch (IOException e) {
            file.truncate(before);
            throw e;
        }
    }

    private String reason(IOException e) {
        if (Files.isDirectory(path)) {
            return "it is a directory";
        }
        if (e instanceof NoSuchFileException) {
            return "its directory does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
