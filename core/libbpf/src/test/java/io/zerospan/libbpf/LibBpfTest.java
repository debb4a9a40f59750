package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LibBpfTest {
    @Test
    void load_twice_isOneLibrary() throws Exception {
        assertThat(LibBpf.load()).isSameAs(LibBpf.load());
    }

    @Test
    void version_startsWithTheMajorNumber() throws Exception {
        assertThat(LibBpf.load().version()).startsWith("v1.");
    }

    @Test
    void load_missingLibrary_namesThePackages() {
        assertThatThrownBy(() -> LibBpf.load("libnosuchbpf.so.1"))
                .isInstanceOf(BpfException.class)
                .hasMessage("load libnosuchbpf.so.1: the library was not found; install libbpf 1.1 or newer"
                        + " (Debian, Ubuntu: package libbpf1 or libbpf-dev; Fedora, RHEL: libbpf)");
    }

    @Test
    void load_otherLibrary_isRefused() {
        assertThatThrownBy(() -> LibBpf.load("libz.so.1")).isInstanceOf(BpfException.class);
    }
}
