package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapShapeTest {
    private static final MapShape HOST = new MapShape("zs_contexts", MapType.HASH, 16, 256, 10_240, 0);

    @ParameterizedTest
    @CsvSource({
        "HASH, 16, 128, 'has value size 128, the host''s has 256'",
        "HASH, 8, 256, 'has key size 8, the host''s has 16'",
        "ARRAY, 16, 256, 'is of type ARRAY, the host''s is of type HASH'"
    })
    void difference_firstThatMatters_isNamed(MapType type, int key, int value, String difference) {
        assertThat(new MapShape("zs_contexts", type, key, value, 1, 0).differenceTo(HOST))
                .hasValue(difference);
    }

    @Test
    void difference_entriesAndName_doNotMatter() {
        assertThat(new MapShape("other", MapType.HASH, 16, 256, 1, 1).differenceTo(HOST))
                .isEmpty();
    }
}
