package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePagesTest {
    private static final int BYTES = 3 * FilePages.PAGE_BYTES + 100;

    @TempDir
    Path folder;

    private Path file;
    private ByteBuffer content;

    @BeforeEach
    void write() throws IOException {
        byte[] bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        content = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file = Files.write(folder.resolve("file"), bytes);
    }

    @Test
    void reads_acrossPages_equalTheFile() throws Exception {
        try (FilePages pages = FilePages.open(file)) {
            for (int page = 1; page <= 3; page++) {
                for (int at = page * FilePages.PAGE_BYTES - 9; at < page * FilePages.PAGE_BYTES + 2; at++) {
                    assertThat(pages.u8(at)).isEqualTo(content.get(at) & 0xff);
                    assertThat(pages.i32(at)).isEqualTo(content.getInt(at));
                    assertThat(pages.i64(at)).isEqualTo(content.getLong(at));
                }
            }
            assertThat(pages.bytes(5, BYTES - 5)).isEqualTo(Arrays.copyOfRange(content.array(), 5, BYTES));
        }
    }

    @Test
    void reads_beyondTheEnd_areRefusedWithOffset() throws Exception {
        try (FilePages pages = FilePages.open(file)) {
            pages.reading("types");
            assertThatThrownBy(() -> pages.i64(BYTES - 7))
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessage(file + ": types: 8 bytes at offset 0x" + Integer.toHexString(BYTES - 7)
                            + " lie beyond the end of the file (" + BYTES + " bytes)");
            assertThatThrownBy(() -> pages.u8(-1)).isInstanceOf(GoBinaryException.class);
            assertThatThrownBy(() -> pages.u8(Long.MAX_VALUE)).isInstanceOf(GoBinaryException.class);
            assertThatThrownBy(() -> pages.bytes(0, -1)).isInstanceOf(GoBinaryException.class);
            assertThat(pages.i64(BYTES - 8)).isEqualTo(content.getLong(BYTES - 8));
        }
    }

    @Test
    void find_word_isFoundAtItsAlignmentOnly() throws Exception {
        try (FilePages pages = FilePages.open(file)) {
            int last = FilePages.PAGE_BYTES * 2 - 8;
            assertThat(pages.find(content.getLong(last), 0, BYTES, 8)).isEqualTo(last);
            assertThat(pages.find(content.getLong(last + 8), 0, BYTES, 8)).isEqualTo(last + 8);
            assertThat(pages.find(content.getLong(last + 4), 0, BYTES, 8)).isEqualTo(-1);
            assertThat(pages.find(content.getLong(last + 4), 4, BYTES, 8)).isEqualTo(last + 4);
            assertThat(pages.find(content.getLong(last), 0, last + 7, 8)).isEqualTo(-1);
            assertThat(pages.find(content.getLong(4096), 0, Long.MAX_VALUE, 16)).isEqualTo(4096);
            assertThat(pages.find(1, BYTES, BYTES, 8)).isEqualTo(-1);
        }
    }

    @Test
    void reads_ofAFileThatShrank_areRefused() throws Exception {
        try (FilePages pages = FilePages.open(file)) {
            Files.write(file, new byte[10]);
            assertThatThrownBy(() -> pages.u8(FilePages.PAGE_BYTES))
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessageContaining("the file shrank while it was read");
        }
    }
}
