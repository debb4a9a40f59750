package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeLogTest {
    private static final int WARN = 0;
    private static final int DEBUG = 2;

    private LibBpf lib;
    private NativeLog log;

    @BeforeEach
    void load() throws Exception {
        lib = LibBpf.load();
        log = new NativeLog(lib.libc(), Runtime.getSystemRuntime());
    }

    /** Formats without conversions never look at their arguments. */
    private void print(int level, String text) {
        Pointer format = lib.copyText(text.getBytes(StandardCharsets.UTF_8));
        assertThat(log.print(level, format, lib.allocate(64))).isZero();
    }

    @Test
    void print_whileRecording_isKept() {
        log.begin();
        print(WARN, "libbpf: one\n");
        print(WARN, "libbpf: zwei \u00fc\n");
        assertThat(log.end()).isEqualTo("libbpf: one\nlibbpf: zwei \u00fc\n");
    }

    @Test
    void print_debug_isLeftOut() {
        log.begin();
        print(DEBUG, "sec_cmp");
        assertThat(log.end()).isEmpty();
    }

    @Test
    void print_outsideOfARecording_isDropped() {
        print(WARN, "before");
        log.begin();
        log.end();
        print(WARN, "after");
        assertThat(log.end()).isEmpty();
    }

    @Test
    void print_onAnotherThread_isNotMixedIn() throws Exception {
        AtomicReference<String> other = new AtomicReference<>("");
        log.begin();
        Thread thread = new Thread(() -> {
            log.begin();
            print(WARN, "theirs");
            other.set(log.end());
        });
        thread.start();
        print(WARN, "mine");
        thread.join();
        assertThat(log.end()).isEqualTo("mine");
        assertThat(other.get()).isEqualTo("theirs");
    }

    @Test
    void print_moreThanTheLimit_keepsTheEnd() {
        log.begin();
        for (int i = 0; i < 5; i++) {
            print(WARN, "x".repeat(NativeLog.MAX_CHARACTERS / 4));
        }
        print(WARN, "the reason");
        assertThat(log.end()).hasSize(NativeLog.MAX_CHARACTERS).endsWith("the reason");
    }

    @Test
    void print_nullFormat_doesNotThrowIntoC() {
        log.begin();
        assertThat(log.print(WARN, nothing(), nothing())).isZero();
        assertThat(log.end()).isEmpty();
    }

    @SuppressWarnings("NullAway") // what jnr-ffi hands over for a null pointer
    private static Pointer nothing() {
        return null;
    }
}
