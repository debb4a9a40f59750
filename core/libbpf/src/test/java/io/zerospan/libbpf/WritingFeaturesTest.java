package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritingFeaturesTest {
    @TempDir
    Path folder;

    private Path mounts(String text) throws Exception {
        return Files.writeString(folder.resolve("mounts"), text);
    }

    @Test
    void cgroups_areFoundWhereverTheyAreMounted() throws Exception {
        assertThat(WritingFeatures.mounted(
                        mounts("tmpfs /sys/fs/cgroup tmpfs rw 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n")))
                .contains(Path.of("/sys/fs/cgroup/unified"));
    }

    @Test
    void cgroups_notMountedOrNotReadable_areAbsent() throws Exception {
        assertThat(WritingFeatures.mounted(mounts("cgroup /sys/fs/cgroup cgroup rw 0 0\nshort\n")))
                .isEmpty();
        assertThat(WritingFeatures.mounted(folder.resolve("none"))).isEmpty();
    }

    @Test
    void anyMachine_canBeProbed() throws Exception {
        assertThat(WritingFeatures.probe(LibBpf.load())).isNotNull();
    }

    @Test
    void writingAtSockets_takesAllThatItNeeds() {
        Optional<Path> cgroups = Optional.of(folder);
        assertThat(new WritingFeatures(false, true, true, cgroups).sockets()).isTrue();
        assertThat(new WritingFeatures(true, false, true, cgroups).sockets()).isFalse();
        assertThat(new WritingFeatures(true, true, false, cgroups).sockets()).isFalse();
        assertThat(new WritingFeatures(true, true, true, Optional.empty()).sockets())
                .isFalse();
    }
}
