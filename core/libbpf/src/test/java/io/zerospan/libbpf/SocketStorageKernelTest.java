package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@KernelTest
class SocketStorageKernelTest {
    @Test
    void kernel_keepsSomethingBesideASocket() throws Exception {
        SocketStorage storage = new SocketStorage(LibBpf.load());
        assertThat(storage.keep()).isZero();
        assertThat(storage.works()).isTrue();
    }
}
