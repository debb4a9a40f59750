package io.zerospan.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files beside a good plugin that are not what they seem to be: each is named, and the good one works. */
@Timeout(120)
class HostileArchivesTest {
    /** As much as the whole heap of the tests. */
    private static final long TOO_MUCH = 1L << 29;

    @TempDir
    private Path plugins;

    @BeforeEach
    void installAGoodOne() throws Exception {
        TestPlugin.named("good").exporter("good", "return spans -> {};").installAsJar(plugins);
    }

    private String refusal() throws Exception {
        ComponentCatalog catalog = InstalledPlugins.load(plugins);
        assertThat(catalog.types(ComponentKind.EXPORTER)).containsExactly("good");
        assertThat(catalog.broken()).hasSize(1);
        return catalog.broken().get(0);
    }

    @Test
    void zip_isNotUnpacked() throws Exception {
        Path outside = plugins.resolveSibling("outside");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(plugins.resolve("evil.zip")))) {
            zip.putNextEntry(new ZipEntry("../" + outside.getFileName()));
        }
        assertThat(refusal())
                .endsWith("evil.zip cannot be loaded: a zip is not unpacked here; unpack it into a folder"
                        + " beside it");
        assertThat(outside).doesNotExist();
    }

    @Test
    void jarWithPathsThatLeadOut_isReadInPlace() throws Exception {
        try (JarOutputStream jar = jar("evil")) {
            jar.putNextEntry(new ZipEntry("../../outside.class"));
        }
        assertThat(refusal()).startsWith("plugin evil has no extensions");
        assertThat(plugins.resolve("../../outside.class")).doesNotExist();
    }

    @Test
    void jarThatUnpacksToMoreThanTheMemory_isNamed() throws Exception {
        try (JarOutputStream jar = jar("bomb")) {
            jar.putNextEntry(new ZipEntry("META-INF/extensions.idx"));
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'a');
            for (long written = 0; written < TOO_MUCH; written += block.length) {
                jar.write(block);
            }
        }
        assertThat(refusal()).endsWith("bomb.jar cannot be loaded: it wants more memory than the host has");
    }

    @Test
    void hugeFile_isNoJar() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(plugins.resolve("huge.jar").toFile(), "rw")) {
            file.setLength(1L << 40); // of holes
        }
        assertThat(refusal()).endsWith("huge.jar cannot be loaded: it is no jar, or only a part of one; copy it again");
    }

    private JarOutputStream jar(String id) throws IOException {
        Manifest manifest = new Manifest(new java.io.ByteArrayInputStream(
                ("Manifest-Version: 1.0\nPlugin-Id: " + id + "\nPlugin-Version: 1.0.0\n")
                        .getBytes(StandardCharsets.UTF_8)));
        return new JarOutputStream(Files.newOutputStream(plugins.resolve(id + ".jar")), manifest);
    }
}
