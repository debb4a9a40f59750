package io.zerospan.host.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeNamesTest {
    private final List<Long> asked = new ArrayList<>();
    private final Executable.TypeNames names = new Executable.TypeNames(address -> {
        asked.add(address);
        return address < 0 ? "" : "*t" + address;
    });

    @Test
    void name_ofAnUnknownType_isOther() {
        assertThat(names.name(-1)).isEqualTo("_OTHER");
    }

    @Test
    void name_askedAgain_isRemembered() {
        assertThat(names.name(7)).isEqualTo(names.name(7)).isEqualTo("*t7");
        assertThat(asked).containsExactly(7L);
    }

    @Test
    void names_beyondTheCache_areStillRight() {
        for (long address = 0; address < 10_000; address++) {
            names.name(address);
        }
        asked.clear();
        assertThat(names.name(1)).isEqualTo("*t1");
        assertThat(names.name(9_999)).isEqualTo("*t9999");
        assertThat(asked).containsExactly(9_999L);
    }

    @Test
    void path_isAskedAndRememberedBesideTheName() {
        Executable.TypeNames both = new Executable.TypeNames(address -> "*pq.conn", address -> {
            asked.add(address);
            return address < 0 ? "" : "*github.com/lib/pq.conn";
        });
        assertThat(both.name(7)).isEqualTo("*pq.conn");
        assertThat(both.path(7)).isEqualTo(both.path(7)).isEqualTo("*github.com/lib/pq.conn");
        assertThat(both.path(-1)).isEqualTo("_OTHER");
        assertThat(asked).containsExactly(7L, -1L);
    }
}
