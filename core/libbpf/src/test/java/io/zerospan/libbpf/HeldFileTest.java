package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HeldFileTest {
    @TempDir
    Path folder;

    @Test
    void path_leadsToTheFileEvenWhenItsNameIsGone() throws Exception {
        Path file = Files.writeString(folder.resolve("program"), "old");
        try (HeldFile held = HeldFile.open(LibBpf.load(), file)) {
            Files.delete(file);
            assertThat(held.path()).hasContent("old");
        }
    }

    @Test
    void writer_waitsUntilTheFileIsClosed() throws Exception {
        Path file = Files.writeString(folder.resolve("program"), "old");
        HeldFile held = HeldFile.open(LibBpf.load(), file);
        assertThat(held.leased()).isTrue();
        assertThat(held.wanted()).isFalse();

        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(file));
        while (!held.wanted()) {
            Thread.onSpinWait();
        }
        assertThat(written).isNotDone();
        held.close();
        written.get(10, TimeUnit.SECONDS);

        assertThat(file).hasContent("new");
        assertThat(held.wanted()).isFalse();
    }

    @Test
    void missingFile_isNamed() throws Exception {
        LibBpf lib = LibBpf.load();
        Path file = folder.resolve("none");
        assertThatThrownBy(() -> HeldFile.open(lib, file))
                .isInstanceOf(BpfException.class)
                .hasMessageStartingWith("open " + file + ": ENOENT");
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "new");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
