package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFeaturesTest {
    @TempDir
    Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private KernelFeatures read() {
        return KernelFeatures.of(root, true, true, true);
    }

    @Test
    void files_allAbsent_giveNothing() {
        assertThat(read()).satisfies(features -> {
            assertThat(features.release()).isEmpty();
            assertThat(features.major()).isZero();
            assertThat(features.btf()).isFalse();
            assertThat(features.lockdown()).isEmpty();
            assertThat(features.initialPidNamespace()).isFalse();
            assertThat(features.capabilities()).isEmpty();
            assertThat(features.root()).isFalse();
            assertThat(features.mayLoad()).isFalse();
        });
    }

    @Test
    void release_withVendorSuffix_hasItsVersion() throws IOException {
        file("proc/sys/kernel/osrelease", "5.15.0-91-generic\n");
        KernelFeatures features = read();
        assertThat(features.release()).isEqualTo("5.15.0-91-generic");
        assertThat(features.atLeast(5, 15)).isTrue();
        assertThat(features.atLeast(5, 16)).isFalse();
        assertThat(features.atLeast(4, 18)).isTrue();
    }

    @Test
    void lockdown_theBracketedMode_isTheActiveOne() throws IOException {
        file("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
        assertThat(read().lockdown()).hasValue("integrity");
    }

    @Test
    void capabilities_bpfAndPerfmonOnly_mayLoadWithoutRoot() throws IOException {
        file("proc/self/status", "Name:\tjava\nUid:\t1000\t1000\t1000\t1000\nCapEff:\t000000c000000000\n");
        assertThat(read().capabilities()).containsExactlyInAnyOrder(Capability.BPF, Capability.PERFMON);
        assertThat(read().mayLoad()).isTrue();
        assertThat(read().root()).isFalse();
    }

    @Test
    void capabilities_rootInContainer_mayNotLoad() throws IOException {
        file("proc/self/status", "Uid:\t0\t0\t0\t0\nCapEff:\t00000000a80425fb\n");
        assertThat(read().root()).isTrue();
        assertThat(read().mayLoad()).isFalse();
    }

    @Test
    void pidNamespace_initial_isKnownByItsInode() throws IOException {
        Files.createDirectories(root.resolve("proc/self/ns"));
        Files.createSymbolicLink(root.resolve("proc/self/ns/pid"), Path.of("pid:[4026531836]"));
        assertThat(read().initialPidNamespace()).isTrue();
    }

    @Test
    void pidNamespace_ofContainer_isNotInitial() throws IOException {
        Files.createDirectories(root.resolve("proc/self/ns"));
        Files.createSymbolicLink(root.resolve("proc/self/ns/pid"), Path.of("pid:[4026532177]"));
        assertThat(read().initialPidNamespace()).isFalse();
    }

    @Test
    void probe_here_agreesWithTheRunningSystem() throws Exception {
        KernelFeatures features = KernelFeatures.probe(LibBpf.load());
        assertThat(features.release()).isEqualTo(System.getProperty("os.version"));
        assertThat(features.btf()).isEqualTo(Files.exists(Path.of("/sys/kernel/btf/vmlinux")));
    }

    @Test
    void readOnly_needsNoLibrary() {
        KernelFeatures features = KernelFeatures.readOnly();

        assertThat(features.release()).isNotEmpty();
        assertThat(features.major()).isPositive();
        assertThat(features.uprobeMulti()).isFalse();
    }
}
