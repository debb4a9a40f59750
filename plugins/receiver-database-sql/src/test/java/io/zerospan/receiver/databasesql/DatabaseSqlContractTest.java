package io.zerospan.receiver.databasesql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.api.ProbeObject;
import io.zerospan.testkit.ComponentContract;
import io.zerospan.testkit.FakeConfig;
import io.zerospan.testkit.FakeContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseSqlContractTest extends ComponentContract {
    /** The first bytes of every ELF file: 64 bits, little endian. */
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1};

    @Override
    protected ComponentFactory factory() {
        return new DatabaseSqlFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("query_text", "off");
    }

    @Test
    void probes_areTheOneObjectBuiltWithTheJar() {
        List<ProbeObject> probes = new DatabaseSqlFactory()
                .create(FakeConfig.empty(), new FakeContext("database_sql"))
                .probes();
        assertThat(probes).singleElement().satisfies(probe -> {
            assertThat(probe.name()).isEqualTo("database_sql");
            assertThat(probe.elf()).startsWith(ELF);
            assertThat(probe.shaper()).isInstanceOf(SqlSpanShaper.class);
        });
    }

    @Test
    void queryText_ofAnotherWord_isRejected() {
        FakeConfig config = FakeConfig.of(Map.of("query_text", "masked"));
        create(config).close();
        assertThat(config.rejects()).hasSize(1);
    }
}
