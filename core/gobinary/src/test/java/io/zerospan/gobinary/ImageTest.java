package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
    private static final int RELATIVE = 8;

    @TempDir
    Path folder;

    @Test
    void pointer_withRelocation_isTheAddend() throws Exception {
        AnImage image = new AnImage().word(0x80, 7).dynamic(0x100, 0x200, 1);
        image.word(0x200, AnImage.ADDRESS + 0x80, RELATIVE, 0x1234);
        try (FilePages pages = image.write(folder)) {
            Image read = Image.read(pages);
            assertThat(read.pointer(AnImage.ADDRESS + 0x80)).isEqualTo(0x1234);
            assertThat(read.i64(AnImage.ADDRESS + 0x80)).isEqualTo(7);
            assertThat(read.pointer(AnImage.ADDRESS + 0x88)).isZero();
        }
    }

    @Test
    void pointer_relocationsOutOfOrder_areFoundAll() throws Exception {
        AnImage image = new AnImage().dynamic(0x100, 0x200, 3);
        image.word(0x200, AnImage.ADDRESS + 0x90, RELATIVE, 2, AnImage.ADDRESS + 0x80, RELATIVE, 1);
        image.word(0x230, AnImage.ADDRESS + 0x98, RELATIVE, 3);
        try (FilePages pages = image.write(folder)) {
            Image read = Image.read(pages);
            assertThat(read.pointer(AnImage.ADDRESS + 0x80)).isEqualTo(1);
            assertThat(read.pointer(AnImage.ADDRESS + 0x90)).isEqualTo(2);
            assertThat(read.pointer(AnImage.ADDRESS + 0x98)).isEqualTo(3);
        }
    }

    @Test
    void pointer_otherRelocation_isLeftAlone() throws Exception {
        AnImage image = new AnImage().word(0x80, 7).dynamic(0x100, 0x200, 1);
        image.word(0x200, AnImage.ADDRESS + 0x80, 1, 0x1234);
        try (FilePages pages = image.write(folder)) {
            assertThat(Image.read(pages).pointer(AnImage.ADDRESS + 0x80)).isEqualTo(7);
        }
    }

    @Test
    void read_tooManyRelocations_isRefused() throws Exception {
        try (FilePages pages = new AnImage().dynamic(0x100, 0x200, 1 << 22).write(folder)) {
            assertThatThrownBy(() -> Image.read(pages))
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessageContaining("relocations are more than the limit");
        }
    }

    @Test
    void read_outsideTheSegments_isRefusedWithTheAddress() throws Exception {
        try (FilePages pages = new AnImage().write(folder)) {
            Image image = Image.read(pages);
            image.reading("types");
            assertThatThrownBy(() -> image.i64(0x1000))
                    .isInstanceOf(GoBinaryException.class)
                    .hasMessage(pages.file() + ": types: 8 bytes lie outside the program's segments at address 0x1000");
            assertThatThrownBy(() -> image.u8(AnImage.ADDRESS + 0x1000)).isInstanceOf(GoBinaryException.class);
            assertThatThrownBy(() -> image.u8(-1)).isInstanceOf(GoBinaryException.class);
            assertThatThrownBy(() -> image.bytes(AnImage.ADDRESS, Integer.MAX_VALUE))
                    .isInstanceOf(GoBinaryException.class);
        }
    }

    @Test
    void buildId_gnuNote_isHex() throws Exception {
        AnImage image = new AnImage().note(0x300, 4, "Go", (byte) 'i', (byte) 'd');
        image.note(0x340, 3, "GNU", (byte) 0xab, (byte) 0x01);
        try (FilePages pages = image.write(folder)) {
            assertThat(BuildId.read(Image.read(pages))).isEqualTo("ab01");
        }
    }

    @Test
    void buildId_goNoteAlone_isItsText() throws Exception {
        try (FilePages pages =
                new AnImage().note(0x300, 4, "Go", (byte) 'i', (byte) 'd').write(folder)) {
            assertThat(BuildId.read(Image.read(pages))).isEqualTo("id");
        }
    }

    @Test
    void buildId_noNote_isEmpty() throws Exception {
        try (FilePages pages = new AnImage().write(folder)) {
            assertThat(BuildId.read(Image.read(pages))).isEmpty();
        }
    }
}
