package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotGoTest {
    @TempDir
    Path folder;

    @Test
    void read_programInC_isRefused() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertRefused(java, ": not a Go program (no build info)");
    }

    @Test
    void read_text_isRefused() throws IOException {
        assertRefused(
                file("text".getBytes(StandardCharsets.UTF_8)), ": not an ELF executable (no ELF header at offset 0x0)");
    }

    @Test
    void read_script_isRefused() throws IOException {
        assertRefused(
                file("#!/bin/sh\nexec true\n".getBytes(StandardCharsets.UTF_8)),
                ": a script; name the program that it starts");
    }

    @Test
    void read_emptyFile_isRefused() throws IOException {
        assertRefused(file(new byte[0]), ": not an ELF executable (no ELF header at offset 0x0)");
    }

    @Test
    void read_32bit_isRefused() throws IOException {
        ByteBuffer header = header();
        header.put(4, (byte) 1);
        assertRefused(file(header.array()), "only 64-bit little-endian programs are supported (offset 0x4)");
    }

    @Test
    void read_unknownMachine_isRefused() throws IOException {
        ByteBuffer header = header();
        header.putShort(18, (short) 243);
        assertRefused(file(header.array()), "machine 243 is not supported, only amd64 and arm64 are (offset 0x12)");
    }

    @Test
    void read_objectFile_isRefused() throws IOException {
        ByteBuffer header = header();
        header.putShort(16, (short) 1);
        assertRefused(file(header.array()), "type 1 is not an executable (offset 0x10)");
    }

    @Test
    void read_headerWithoutSegments_isRefused() throws IOException {
        assertRefused(file(header().array()), "0 program headers of 56 bytes (offset 0x36)");
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
        assertRefused(Path.of("/dev/null"), ": not a regular file, so no program");
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
