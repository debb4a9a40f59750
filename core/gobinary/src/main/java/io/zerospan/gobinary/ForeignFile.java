package io.zerospan.gobinary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what a file is that holds no 64-bit little-endian ELF executable. */
final class ForeignFile {
    private static final int TYPE_MASK = 0xf000;
    private static final int REGULAR = 0x8000;
    /** Longest first line of a script that Linux reads. */
    private static final int SCRIPT_LINE_BYTES = 256;

    private ForeignFile() {}

    /** Throws unless the path leads to a regular file: opening a pipe would wait for whoever writes into it. */
    static void checkRegular(Path file) throws GoBinaryException {
        int mode;
        try {
            mode = (Integer) Objects.requireNonNull(Files.getAttribute(file, "unix:mode"));
        } catch (IOException e) {
            throw unopened(file, e);
        }
        if ((mode & TYPE_MASK) == REGULAR) return;
        throw new GoBinaryException(file
                + switch (mode & TYPE_MASK) {
                    case 0x4000 -> ": a folder, not a program";
                    case 0x1000 -> ": a named pipe, not a program";
                    case 0xc000 -> ": a socket, not a program";
                    case 0x2000, 0x6000 -> ": a device, not a program";
                    default -> ": not a regular file";
                });
    }

    static GoBinaryException unopened(Path file, IOException e) {
        return new GoBinaryException(file + ": cannot be opened: " + reason(e), e);
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) return "there is no such file";
        if (e instanceof AccessDeniedException) return "this user may not read it";
        String text = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return text == null ? "the system gives no reason" : text;
    }

    /** What a file without an ELF header is. */
    static GoBinaryException notElf(FilePages pages) throws GoBinaryException {
        return new GoBinaryException(pages.file() + ": " + name(pages));
    }

    private static String name(FilePages pages) throws GoBinaryException {
        if (pages.size() == 0) return "an empty file";
        String foreign = known(pages);
        return foreign == null ? "not an ELF executable (no ELF header at offset 0x0)" : foreign;
    }

    private static @Nullable String known(FilePages pages) throws GoBinaryException {
        int first = pages.u8(0);
        int second = pages.size() > 1 ? pages.u8(1) : -1;
        if (first == '#' && second == '!') return "a script for " + interpreter(pages) + ", not a Go program";
        if (first == 'M' && second == 'Z') return "a program for Windows (PE); only Linux programs (ELF) are supported";
        return switch (pages.size() < 4 ? 0 : pages.i32(0)) {
            case 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe ->
                "a program for macOS (Mach-O); only Linux programs (ELF) are supported";
            case 0xbebafeca -> "a universal program for macOS or a Java class; only Linux programs (ELF) are supported";
            case 0x6d736100 -> "a WebAssembly module; only Linux programs (ELF) are supported";
            case 0x04034b50 -> "a zip archive, not a program";
            case 0x72613c21 -> "an archive of object files, not a program";
            default -> first == 0x1f && second == 0x8b ? "compressed by gzip; unpack it first" : null;
        };
    }

    private static String interpreter(FilePages pages) throws GoBinaryException {
        byte[] line = pages.bytes(2, (int) Math.min(SCRIPT_LINE_BYTES, pages.size()) - 2);
        String text = new String(line, StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").strip();
    }

    /** Names of the machines that Go builds for, by ELF's number. */
    static String machine(int machine) {
        return switch (machine) {
            case 3 -> "386";
            case 8 -> "mips";
            case 20, 21 -> "ppc64";
            case 22 -> "s390x";
            case 40 -> "arm";
            case ElfHeader.AMD64 -> "amd64";
            case ElfHeader.ARM64 -> "arm64";
            case 243 -> "riscv64";
            case 258 -> "loong64";
            default -> "machine " + machine;
        };
    }
}
