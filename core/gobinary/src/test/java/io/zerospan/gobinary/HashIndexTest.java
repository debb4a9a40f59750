package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HashIndexTest {
    @Test
    void ids_ofAHash_areAllThatWereAdded() {
        HashIndex index = new HashIndex();
        for (int i = 0; i < 5000; i++) index.add(i % 100 - 50, i);
        index.seal();
        assertThat(index.ids(-50)).hasSize(50).contains(0, 100, 4900);
        assertThat(index.ids(49)).hasSize(50).contains(99);
        assertThat(index.ids(50)).isEmpty();
    }

    @Test
    void ids_extremeHashes_areFound() {
        HashIndex index = new HashIndex();
        index.add(Integer.MIN_VALUE, 1);
        index.add(-1, 2);
        index.add(Integer.MAX_VALUE, -1);
        index.seal();
        assertThat(index.ids(Integer.MIN_VALUE)).containsExactly(1);
        assertThat(index.ids(-1)).containsExactly(2);
        assertThat(index.ids(Integer.MAX_VALUE)).containsExactly(-1);
        assertThat(index.ids(0)).isEmpty();
    }

    @Test
    void ids_emptyIndex_findsNothing() {
        HashIndex index = new HashIndex();
        index.seal();
        assertThat(index.ids(0)).isEmpty();
    }
}
