package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.SpanShaper;
import io.zerospan.host.ProbeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCheckTest {
    private static void assertRefused(byte[] elf, String why) {
        assertThatThrownBy(() -> DeclaredProbe.read(new ProbeObject("cart", elf, SpanShaper.AS_DECLARED)))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void objectOfAnotherAbi_isRefusedWithBothVersions() throws Exception {
        assertRefused(
                ProbeSource.object("wrong_abi"),
                "cart: has ABI version 99, this host wants " + Wire.ABI
                        + "; compile it against this host's include/zerospan/probe.bpf.h");
    }

    @Test
    void objectWithoutTheHeader_isRefused() throws Exception {
        assertRefused(ProbeSource.object("no_abi"), "cart: has no ABI version, this host wants " + Wire.ABI);
    }

    @Test
    void objectOfAnotherMachine_isRefusedWithBoth(@TempDir Path folder) throws Exception {
        String here = ProbeObject.architecture();
        String other = here.equals("x86") ? "arm64" : "x86";
        assertRefused(
                Files.readAllBytes(ProbeSource.compile("attempt", other, folder.resolve("cart.bpf.o"))),
                "cart: is compiled for " + other + ", this machine is " + here + "; compile it with -D__TARGET_ARCH_"
                        + here);
    }

    @Test
    void sharedMapOfAnotherShape_isRefusedWithBothSizes() throws Exception {
        assertRefused(
                ProbeSource.object("other_map"), "cart: map zs_contexts has key size 8, the host's has 16; rebuild");
    }

    @Test
    void objectWithoutHook_isRefused() throws Exception {
        assertRefused(ProbeSource.object("no_hook"), "cart: declares no hook; mark its programs by GO_START");
    }

    @Test
    void garbage_isRefused() {
        assertRefused("no object at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "cart: open the object");
    }

    @Test
    void truncatedObject_isRefusedWhereverItEnds() throws Exception {
        byte[] whole = ProbeSource.object("unsafe");
        for (int part = 0; part < 64; part++) {
            assertRefused(Arrays.copyOf(whole, whole.length / 64 * part), "cart");
        }
    }

    private static ProbeObject good(Map<String, Long> constants) throws Exception {
        return new ProbeObject("cart", ProbeSource.object("missing_hook"), SpanShaper.AS_DECLARED, constants);
    }

    @Test
    void constantOfAPlugin_thatTheObjectLacks_isRefused() throws Exception {
        ProbeObject object = good(Map.of("cart_limit", 7L));
        assertThatThrownBy(() -> DeclaredProbe.read(object))
                .hasMessage("cart: cart_limit is no constant of the object; declare it as the macros do");
    }

    @Test
    void goodObject_tellsItsHooks() throws Exception {
        assertThat(DeclaredProbe.read(good(Map.of())).hooks())
                .containsExactly("github.com/redis/go-redis/v9.(*Client).Proces");
    }
}
