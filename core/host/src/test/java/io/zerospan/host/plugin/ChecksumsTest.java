package io.zerospan.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.ComponentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksumsTest {
    @TempDir
    private Path folder;

    private Path plugins;
    private Path list;

    @BeforeEach
    void install() throws Exception {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        list = folder.resolve("plugins.sha256");
        TestPlugin.named("good").exporter("good", "return spans -> {};").installAsFolder(plugins);
        Process sums = new ProcessBuilder("sh", "-c", "find . -type f | xargs sha256sum")
                .directory(plugins.toFile())
                .redirectOutput(list.toFile())
                .start();
        assertThat(sums.waitFor()).isZero();
    }

    @Test
    void listedPlugin_isLoaded() throws Exception {
        assertThat(InstalledPlugins.load(plugins, list).types(ComponentKind.EXPORTER))
                .containsExactly("good");
    }

    @Test
    void unlistedPlugin_isRefusedAndTheOthersWork() throws Exception {
        TestPlugin.named("late").exporter("late", "return spans -> {};").installAsJar(plugins);
        ComponentCatalog catalog = InstalledPlugins.load(plugins, list);
        assertThat(catalog.broken())
                .containsExactly("plugin " + plugins.resolve("late.jar") + " cannot be loaded: late.jar is not on the"
                        + " list " + list + " of what may be loaded; add the line that sha256sum prints of it, or"
                        + " remove it");
        assertThat(catalog.types(ComponentKind.EXPORTER)).containsExactly("good");
    }

    @Test
    void unlistedProbe_isRefusedUnread() throws Exception {
        Files.writeString(plugins.resolve("cart.bpf.o"), "no object");
        assertThat(InstalledPlugins.load(plugins, list).refusal("cart"))
                .hasValueSatisfying(why -> assertThat(why).contains("cart.bpf.o is not on the list "));
    }

    @Test
    void changedFile_isRefusedWithBothSums() throws Exception {
        Files.writeString(plugins.resolve("good/plugin.properties"), "plugin.id=other\nplugin.version=1.0.0\n");
        assertThat(InstalledPlugins.load(plugins, list).broken())
                .singleElement()
                .asString()
                .containsPattern(
                        "good/plugin.properties has the checksum [0-9a-f]{64}, on the list .* it has [0-9a-f]");
    }

    @Test
    void listThatIsNone_stopsWithItsLine() throws Exception {
        Files.writeString(list, Files.readString(list) + "good.jar\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> InstalledPlugins.load(plugins, list))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining("line 3 is no checksum and name");
        assertThatCode(() -> Checksums.ANYTHING.check(plugins, plugins)).doesNotThrowAnyException();
    }
}
