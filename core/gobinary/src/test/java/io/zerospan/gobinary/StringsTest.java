package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StringsTest {
    @TempDir
    Path folder;

    @Test
    void counted_string_isRead() throws Exception {
        try (FilePages pages = new AnImage().bytes(8, 2, 'g', 'o', 'x').write(folder)) {
            Image image = Image.read(pages);
            assertThat(Strings.counted(image, AnImage.ADDRESS + 8, 10)).isEqualTo("go");
            assertThat(Strings.afterCounted(image, AnImage.ADDRESS + 8)).isEqualTo(AnImage.ADDRESS + 11);
        }
    }

    @Test
    void counted_longLength_takesTwoBytes() throws Exception {
        try (FilePages pages = new AnImage().bytes(0, 0x80, 0x01, 'a').write(folder)) {
            Image image = Image.read(pages);
            assertThat(Strings.counted(image, AnImage.ADDRESS, 200))
                    .hasSize(128)
                    .startsWith("a");
            assertThat(Strings.afterCounted(image, AnImage.ADDRESS)).isEqualTo(AnImage.ADDRESS + 130);
        }
    }

    @Test
    void counted_overTheLimit_isRefused() throws Exception {
        try (FilePages pages = new AnImage().bytes(0, 20).write(folder)) {
            Image image = Image.read(pages);
            assertThatThrownBy(() -> Strings.counted(image, AnImage.ADDRESS, 19))
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessageContaining("a string of 20 bytes at address 0x400000");
        }
    }

    @Test
    void counted_endlessLength_isRefused() throws Exception {
        try (FilePages pages =
                new AnImage().bytes(0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff).write(folder)) {
            Image image = Image.read(pages);
            assertThatThrownBy(() -> Strings.counted(image, AnImage.ADDRESS, 10))
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessageContaining("a length that never ends");
        }
    }

    @Test
    void terminated_string_endsAtTheZero() throws Exception {
        try (FilePages pages =
                new AnImage().bytes(0, 'm', 'a', 'i', 'n', 0, 'x').write(folder)) {
            assertThat(Strings.terminated(Image.read(pages), AnImage.ADDRESS)).isEqualTo("main");
        }
    }

    @Test
    void terminated_noZeroInTheSegment_isRefused() throws Exception {
        AnImage filled = new AnImage();
        for (int i = 0; i < 0x1000; i++) filled.bytes(i, 'a');
        try (FilePages pages = filled.write(folder)) {
            Image image = Image.read(pages);
            assertThatThrownBy(() -> Strings.terminated(image, AnImage.ADDRESS)).isInstanceOf(GoBinaryException.class);
        }
    }
}
