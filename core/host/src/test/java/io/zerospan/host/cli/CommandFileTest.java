package io.zerospan.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandFileTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void resolveLinks() throws Exception {
        folder = folder.toRealPath();
    }

    private Path file(String name, String permissions, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private CommandFile find(String word, @Nullable String searchPath) throws CommandRefusedException {
        return CommandFile.find(word, searchPath, folder);
    }

    private void assertRefused(String word, @Nullable String searchPath, int code, String message) {
        assertThatThrownBy(() -> find(word, searchPath))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage(message)
                .extracting(e -> ((CommandRefusedException) e).exitCode())
                .isEqualTo(code);
    }

    @Test
    void relativePath_isTakenFromTheCurrentFolder() throws Exception {
        Path shop = file("bin/shop", "rwxr-xr-x", "");
        assertThat(find("./bin/shop", null)).isEqualTo(new CommandFile(Path.of("./bin/shop"), shop));
    }

    @Test
    void name_isSearchedOnThePathInOrder() throws Exception {
        file("a/shop", "rw-r--r--", "");
        Path second = file("b/shop", "rwxr-xr-x", "");
        file("c/shop", "rwxr-xr-x", "");
        assertThat(find("shop", folder + "/none:" + folder + "/a:" + folder + "/b:c"))
                .isEqualTo(new CommandFile(second, second));
    }

    @Test
    void emptyEntryOfThePath_isTheCurrentFolder() throws Exception {
        Path shop = file("shop", "rwxr-xr-x", "");
        assertThat(find("shop", "/nowhere::").real()).isEqualTo(shop);
    }

    @Test
    void link_isFollowedToWhatTheKernelShows() throws Exception {
        Path shop = file("shop-1.2", "rwxr-xr-x", "");
        Files.createSymbolicLink(folder.resolve("shop"), shop);
        assertThat(find("./shop", null)).isEqualTo(new CommandFile(Path.of("./shop"), shop));
    }

    @Test
    void absentCommand_is127() {
        assertRefused(
                "shop",
                folder.toString(),
                127,
                "start shop: no such program on the PATH; name its file, such as" + " ./shop");
        assertRefused("shop", null, 127, "start shop: no such program on the PATH; name its file, such as ./shop");
        assertRefused("./shop", folder.toString(), 127, "start ./shop: no such file");
    }

    @Test
    void fileThatIsNotExecutable_is126() throws Exception {
        Path shop = file("shop", "rw-r--r--", "");
        String message = "start " + shop + ": not executable; chmod +x makes it so";
        assertRefused(shop.toString(), null, 126, message);
        assertRefused("shop", folder.toString(), 126, message);
        assertRefused(folder.toString(), null, 126, "start " + folder + ": not a file that can be executed");
    }

    @Test
    void pathWithAZero_is127() {
        assertThatThrownBy(() -> find("./sh\0op", null)).isInstanceOf(CommandRefusedException.class);
    }

    @Test
    void script_isRefusedWithWhatToDo() throws Exception {
        CommandFile script = find(file("run.sh", "rwxr-xr-x", "#!/bin/sh\n").toString(), null);
        assertThatThrownBy(script::checkTraceable)
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage(
                        "trace " + folder + "/run.sh: a script; name the Go program that it starts, or attach to that"
                                + " one while it runs: zerospan trace --exe PROGRAM");
    }

    @Test
    void programThatIsNotGo_isRefused() throws Exception {
        assertThatThrownBy(find("/bin/sh", null)::checkTraceable)
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageStartingWith("trace ")
                .hasMessageEndingWith("not a Go program (no build info)");
        assertThatThrownBy(find(file("x", "rwxr-xr-x", "").toString(), null)::checkTraceable)
                .isInstanceOf(CommandRefusedException.class)
                .hasMessageContaining("/x: ");
    }
}
