package io.zerospan.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zerospan.host.ProbeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroppedProbesTest {
    @TempDir
    private Path plugins;

    private Path drop(String name) throws Exception {
        return ProbeSource.compile("missing_hook", plugins.resolve(name));
    }

    private PluginUnit read(Path file, String plugin) throws Exception {
        Admission asRoot = new Admission(WriteAccess.asRoot(), Checksums.ANYTHING);
        return DroppedProbes.read(plugins, file, asRoot, type -> Optional.ofNullable(plugin));
    }

    private PluginUnit read(Path file) throws Exception {
        return read(file, null);
    }

    private void assertRefused(Path file, String why) throws Exception {
        assertThat(read(file).offers()).isEmpty();
        assertThat(read(file).broken()).singleElement().asString().startsWith("probe " + file + " is refused: " + why);
    }

    private static void permit(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void objectFile_isAReceiverOfItsName() throws Exception {
        drop("my_cart.bpf.o");
        ComponentCatalog catalog = InstalledPlugins.load(plugins);
        assertThat(catalog.broken()).isEmpty();
        assertThat(catalog.types(ComponentKind.RECEIVER)).containsExactly("my_cart");
    }

    @Test
    void halfWrittenFile_isNotThereYet() throws Exception {
        Files.writeString(plugins.resolve(".cart.bpf.o"), "half of");
        Files.writeString(plugins.resolve("cart.bpf.o.new"), "half of");
        assertThat(InstalledPlugins.load(plugins).broken()).isEmpty();
    }

    @Test
    void nameThatIsNoType_isRefusedWithOneThatIs() throws Exception {
        assertRefused(
                drop("my-cart.bpf.o"),
                "'my-cart' is no type for the YAML, which is a letter and up to 62 letters, digits or _; rename it,"
                        + " for example to my_cart.bpf.o");
    }

    @Test
    void typeOfAPlugin_isNotTakenFromIt() throws Exception {
        Path file = drop("cart.bpf.o");
        assertThat(read(file, "receiver-cart").broken())
                .containsExactly(
                        "probe " + file
                                + " is refused: the plugin receiver-cart offers the receiver type 'cart' already; rename the file");
    }

    @Test
    void emptyFile_isRefused() throws Exception {
        assertRefused(Files.createFile(plugins.resolve("cart.bpf.o")), "it has 0 bytes");
    }

    @Test
    void garbage_isRefused() throws Exception {
        assertRefused(Files.writeString(plugins.resolve("cart.bpf.o"), "no object"), "cart: open the object (9 bytes)");
    }

    @Test
    void linkToNothing_isRefused() throws Exception {
        Path link = Files.createSymbolicLink(plugins.resolve("cart.bpf.o"), plugins.resolve("gone"));
        assertRefused(link, "it leads nowhere");
    }

    @Test
    void linkToAFile_isFollowed(@TempDir Path elsewhere) throws Exception {
        Path file = ProbeSource.compile("missing_hook", elsewhere.resolve("built.o"));
        Path link = Files.createSymbolicLink(plugins.resolve("cart.bpf.o"), file);
        assertThat(read(link).offers()).hasSize(1);
    }

    @Test
    void fileThatFailsToBeRead_isRefused() throws Exception {
        Path link = Files.createSymbolicLink(plugins.resolve("cart.bpf.o"), Path.of("/dev/null"));
        assertRefused(link, "it is no file; put a compiled probe there");
    }

    @Test
    void fileThatEverybodyMayWrite_isRefusedByRoot() throws Exception {
        Path file = drop("cart.bpf.o");
        permit(file, "rw-rw-rw-");
        assertRefused(
                file,
                "everybody may write " + file.toRealPath() + ", and what lies there would run with root's rights");
        assertThat(List.of(new WriteAccess(false, Set.of(), Set.of()))).allSatisfy(access -> access.check(file));
    }

    @Test
    void linkIntoAFolderThatEverybodyMayWrite_isRefusedByRoot(@TempDir Path elsewhere) throws Exception {
        Path file = ProbeSource.compile("missing_hook", elsewhere.resolve("built.o"));
        permit(elsewhere, "rwxrwxrwx");
        assertRefused(
                Files.createSymbolicLink(plugins.resolve("cart.bpf.o"), file),
                "everybody may write " + elsewhere.toRealPath());
    }

    @Test
    void linkIntoAFolderLikeTmp_isFollowedToFilesOfRootAlone(@TempDir Path elsewhere) throws Exception {
        Path file = ProbeSource.compile("missing_hook", elsewhere.resolve("built.o"));
        assumeThat(Files.getAttribute(file, "unix:uid"))
                .as("only root can give files away")
                .isEqualTo(0);
        Files.setAttribute(elsewhere, "unix:mode", 01777);
        Path link = Files.createSymbolicLink(plugins.resolve("cart.bpf.o"), file);
        assertThat(read(link).offers()).hasSize(1);
        Files.setAttribute(file, "unix:uid", 65_534);
        assertThat(read(link).broken()).singleElement().asString().contains("everybody may write ");
    }

    @Test
    void pluginsFolderThatEverybodyMayWrite_isRefusedByRoot() throws Exception {
        permit(plugins, "rwxrwxrwx");
        assertThatThrownBy(() -> WriteAccess.asRoot().checkFolder(plugins))
                .hasMessage("everybody may write " + plugins.toRealPath()
                        + ", and what lies there would run with root's rights; chmod o-w " + plugins.toRealPath());
    }

    @Test
    void pluginsFolderOfAnotherUser_isRefusedByRoot() throws Exception {
        WriteAccess others = new WriteAccess(true, Set.of(4711), Set.of(0));
        Path real = plugins.toRealPath();
        assertThatThrownBy(() -> others.checkFolder(plugins))
                .hasMessageStartingWith(real + " belongs to user ")
                .hasMessageEndingWith(", and what lies there would run with root's rights; chown root " + real);
    }

    @Test
    void fileThatAGroupMayWrite_isRefusedByRootUnlessItIsItsOwn() throws Exception {
        Path file = drop("cart.bpf.o");
        permit(file, "rw-rw-r--");
        WriteAccess.asRoot().check(file);
        WriteAccess otherGroup = new WriteAccess(true, WriteAccess.asRoot().users(), Set.of(4711));
        assertThatThrownBy(() -> otherGroup.check(file)).hasMessageContaining("chmod g-w " + file.toRealPath());
    }

    @Test
    void userWhoCalledSudo_isAsGoodAsRoot() throws Exception {
        assertThat(WriteAccess.ofThisProcess(Map.of("SUDO_UID", "1000", "SUDO_GID", "1001")::get))
                .satisfies(access -> assertThat(access.users()).containsExactlyInAnyOrder(0, 1000))
                .satisfies(access -> assertThat(access.groups()).containsExactlyInAnyOrder(0, 1001));
        assertThat(WriteAccess.ofThisProcess(Map.of("SUDO_UID", "x")::get).users())
                .containsExactly(0);
    }

    @Test
    void refusedProbe_hasAStandInThatSaysWhy() throws Exception {
        Path file = Files.createFile(plugins.resolve("cart.bpf.o"));
        ComponentCatalog catalog = InstalledPlugins.load(plugins);
        assertThat(catalog.refusal("cart"))
                .hasValueSatisfying(why -> assertThat(why).startsWith("probe " + file + " is refused: "));
        assertThat(catalog.receiver("cart")).isNotNull();
        assertThat(catalog.types(ComponentKind.RECEIVER)).isEmpty();
    }
}
