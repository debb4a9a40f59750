package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotGoTest {
    @TempDir
    Path folder;

    @Test
    void read_programInC_isRefused() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertRefused(java, ": not a Go program (no build info)");
    }

    @ParameterizedTest
    @CsvSource({
        "23212f62696e2f7368202d650a657869740a, : a script for /bin/sh -e, not a Go program",
        "2321, ': a script for , not a Go program'",
        "'', : an empty file",
        "7f, : not an ELF executable (no ELF header at offset 0x0)",
        "7f454c, : not an ELF executable (no ELF header at offset 0x0)",
        "4d5a9000, : a program for Windows (PE); only Linux programs (ELF) are supported",
        "cffaedfe07000001, : a program for macOS (Mach-O); only Linux programs (ELF) are supported",
        "cafebabe, : a universal program for macOS or a Java class; only Linux programs (ELF) are supported",
        "0061736d01000000, : a WebAssembly module; only Linux programs (ELF) are supported",
        "504b0304, ': a zip archive, not a program'",
        "213c617263683e0a, ': an archive of object files, not a program'",
        "1f8b0800, : compressed by gzip; unpack it first"
    })
    void read_fileOfAnotherKind_isNamed(String hex, String message) throws IOException {
        assertRefused(file(HexFormat.of().parseHex(hex)), message);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 2, 3, a 32-bit little-endian program for 386; only amd64 and arm64 are supported (offset 0x4)",
        "2, 2, 2, 22, a 64-bit big-endian program for s390x; only amd64 and arm64 are supported (offset 0x4)",
        "1, 2, 2, 8, a 32-bit big-endian program for mips; only amd64 and arm64 are supported (offset 0x4)",
        "2, 1, 2, 243, a program for riscv64; only amd64 and arm64 are supported (offset 0x12)",
        "2, 1, 2, 999, a program for machine 999; only amd64 and arm64 are supported (offset 0x12)",
        "2, 1, 4, 62, 'a core dump, not the program that wrote it (offset 0x10)'",
        "2, 1, 1, 62, an object file that is not linked yet (offset 0x10)",
        "2, 1, 9, 62, type 9 is not an executable (offset 0x10)",
        "2, 1, 2, 62, 0 program headers of 56 bytes (offset 0x36)"
    })
    void read_elfOfAnotherKind_isNamed(int wordSize, int endian, int type, int machine, String message)
            throws IOException {
        ByteBuffer header = header().order(endian == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        header.put(4, (byte) wordSize).put(5, (byte) endian);
        header.putShort(16, (short) type).putShort(18, (short) machine);
        assertRefused(file(header.array()), message);
    }

    @Test
    void read_missingFile_isRefused() {
        assertRefused(folder.resolve("none"), ": cannot be opened: there is no such file");
    }

    @Test
    void read_folder_isRefused() {
        assertRefused(folder, ": a folder, not a program");
    }

    @Test
    void read_device_isRefused() {
        assertRefused(Path.of("/dev/zero"), ": a device, not a program");
    }

    @Test
    @Timeout(10)
    void read_namedPipe_isRefusedAtOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertRefused(pipe, ": a named pipe, not a program");
    }

    @Test
    void read_library_isNamed() {
        assertRefused(
                GoPrograms.library("small", GoPrograms.NEW),
                ": ELF header: a library: it begins nowhere (offset 0x18); Go code is traced in executables, not in what"
                        + " they load");
    }

    @Test
    void read_packedByUpx_isNamed() throws Exception {
        Path program = GoPrograms.stripped("small", GoPrograms.NEW);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(program)).order(ByteOrder.LITTLE_ENDIAN);
        int behindHeaders = 64 + 56 * bytes.getShort(56);
        bytes.putInt(behindHeaders + 4, 0x21585055); // "UPX!" behind a checksum
        assertRefused(
                file(bytes.array()), ": packed by UPX, which hides the program's tables; unpack it with 'upx -d'");
    }

    @Test
    void read_obfuscatedByGarble_isNamed() throws Exception {
        String text = Files.readString(GoPrograms.stripped("small", GoPrograms.OLD), StandardCharsets.ISO_8859_1);
        String garbled = text.replace("\u0009go1.22.12", "\u0007unknown\u0000\u0000");
        Path file = file(garbled.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file, ": obfuscated, as garble does (its Go version is 'unknown')");
    }

    @ParameterizedTest
    @CsvSource({
        ".go_export, x, : built by gccgo; only programs by Go's own compiler are supported",
        ".strtab, tinygo_startTask, : built by TinyGo; only programs by Go's own compiler are supported",
        ".strtab, main, : not a Go program (no build info)"
    })
    void read_programByAnotherGoCompiler_isNamed(String section, String symbol, String message) throws Exception {
        assertRefused(new AnImage().section(section, symbol).file(folder), message);
    }

    @Test
    void read_replacedProgram_isReadFromTheFormer() throws Exception {
        Path file = file(new byte[100]);
        try (FilePages pages = FilePages.open(file)) {
            Files.move(Files.write(folder.resolve("new"), new byte[5]), file, StandardCopyOption.REPLACE_EXISTING);
            pages.checkUnchanged();
            assertThat(pages.u8(99)).isZero();
        }
    }

    @Test
    void read_programWrittenMeanwhile_isRefused() throws Exception {
        Path file = file(new byte[100]);
        try (FilePages pages = FilePages.open(file)) {
            Files.write(file, new byte[101]);
            assertThatThrownBy(pages::checkUnchanged)
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessage(file + ": it was written while it was read; try again when that is done");
        }
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> GoBinary.read(file))
                .isInstanceOf(GoBinaryException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file"), bytes);
    }

    /** A valid file header of an amd64 executable without program headers. */
    private static ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1);
        header.putShort(16, (short) 2).putShort(18, (short) 62).putLong(32, 64).putShort(54, (short) 56);
        return header;
    }
}
