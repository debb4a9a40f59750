package io.zerospan.gobinary;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Has debug information read by a short-lived process without rights: as nobody, without capabilities and without a way
 * to get any, with limits of time, memory and files. Whatever becomes of it, the answer is an answer or a reason.
 */
final class DwarfProcess {
    /** The largest known program takes 3 s on a busy machine. */
    private static final int LIMIT_SECONDS = 20;
    /** Room for the largest sections of {@link DwarfSections}, packed and unpacked. */
    private static final int HEAP_MEGABYTES = 320;
    /** A Java process reserves more than it uses. */
    private static final long ADDRESS_SPACE_BYTES = 3L << 30;

    private static final int OPEN_FILES = 32;
    private static final int NOBODY = 65534;
    /** Some hundred questions of a hundred bytes. */
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private static final int MAX_REASON_CHARACTERS = 300;
    /** What Java says when it is not allowed into the folder of its classes. */
    private static final String NO_CLASSES = "Could not find or load main class";

    private static final List<Path> FOLDERS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

    private final Path java;
    private final Path classes;
    private final int limitSeconds;

    private DwarfProcess(Path java, Path classes, int limitSeconds) {
        this.java = java;
        this.classes = classes;
        this.limitSeconds = limitSeconds;
    }

    static DwarfProcess create() throws GoBinaryException {
        CodeSource source = DwarfChild.class.getProtectionDomain().getCodeSource();
        try {
            Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
            return new DwarfProcess(java, Path.of(source.getLocation().toURI()), LIMIT_SECONDS);
        } catch (URISyntaxException | RuntimeException e) {
            throw new GoBinaryException("debug information is not read: no place to start its reader from: " + e, e);
        }
    }

    /** The same with another program in the place of Java, and another patience. */
    DwarfProcess with(Path program, int seconds) {
        return new DwarfProcess(program, classes, seconds);
    }

    /** The lines of the answer, without the last. */
    List<String> ask(Path file, List<String> questions) throws GoBinaryException {
        List<String> command = new ArrayList<>(withoutRights());
        command.addAll(List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:CompressedClassSpaceSize=16m",
                "-XX:ReservedCodeCacheSize=24m",
                "-Xss512k",
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-cp",
                classes.toString(),
                DwarfChild.class.getName()));
        command.addAll(questions);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(file.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        try {
            return answer(file, builder.start());
        } catch (IOException e) {
            throw failure(file, String.valueOf(e.getMessage()));
        }
    }

    private List<String> answer(Path file, Process process) throws GoBinaryException {
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process.getInputStream(), output), "debug information");
        reader.setDaemon(true);
        reader.start();
        try {
            String text = output.get(limitSeconds, TimeUnit.SECONDS);
            boolean ended = process.waitFor(limitSeconds, TimeUnit.SECONDS);
            if (ended && process.exitValue() == 0 && text.endsWith(DwarfChild.END + "\n")) {
                List<String> lines = text.lines().toList();
                return lines.subList(0, lines.size() - 1);
            }
            throw failure(file, reason(text));
        } catch (TimeoutException e) {
            throw failure(file, "the reader had no answer within " + limitSeconds + " s");
        } catch (ExecutionException e) {
            throw failure(file, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(file, "interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private String reason(String said) {
        if (said.contains(NO_CLASSES)) {
            return "its reader runs as nobody, who cannot read " + classes
                    + "; install Zerospan in a folder that everybody can read";
        }
        String line = said.strip().lines().findFirst().orElse("the reader ended without an answer");
        return line.length() > MAX_REASON_CHARACTERS ? line.substring(0, MAX_REASON_CHARACTERS) : line;
    }

    private static void read(InputStream in, CompletableFuture<String> output) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        try (in) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > MAX_ANSWER_BYTES) throw new IOException("the reader's answer is too long");
            }
            output.complete(bytes.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            output.completeExceptionally(e);
        }
    }

    /** The tools of util-linux that take rights away; what only root can give up, only root gives up. */
    private static List<String> withoutRights() throws GoBinaryException {
        List<String> command = new ArrayList<>();
        command.add(tool("prlimit"));
        command.add("--cpu=" + LIMIT_SECONDS);
        command.add("--as=" + ADDRESS_SPACE_BYTES);
        command.add("--nofile=" + OPEN_FILES);
        command.add("--fsize=0");
        command.add("--core=0");
        command.add("--");
        command.add(tool("setpriv"));
        command.add("--no-new-privs");
        command.add("--inh-caps=-all");
        if (isRoot()) {
            command.addAll(List.of("--bounding-set=-all", "--clear-groups"));
            command.addAll(List.of("--reuid=" + NOBODY, "--regid=" + NOBODY));
        }
        command.add("--");
        return command;
    }

    private static boolean isRoot() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String tool(String name) throws GoBinaryException {
        for (Path folder : FOLDERS) {
            if (Files.isExecutable(folder.resolve(name)))
                return folder.resolve(name).toString();
        }
        throw new GoBinaryException("debug information is not read: no " + name + " in /usr/bin; install util-linux");
    }

    private static GoBinaryException failure(Path file, String reason) {
        return new GoBinaryException(file + ": debug information: " + reason);
    }
}
