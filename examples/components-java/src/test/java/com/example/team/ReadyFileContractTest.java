package com.example.team;

import static org.assertj.core.api.Assertions.assertThat;

import io.zerospan.api.ComponentFactory;
import io.zerospan.testkit.ComponentContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFileContractTest extends ComponentContract {
    @TempDir
    private Path folder;

    @Override
    protected ComponentFactory factory() {
        return new ReadyFileFactory();
    }

    @Override
    protected Map<String, Object> validConfig() {
        return Map.of("path", folder.resolve("ready").toString());
    }

    @Test
    void file_isThereWhileTheHostTraces() throws Exception {
        Path file = folder.resolve("ready");
        ReadyFile extension = new ReadyFile(file);
        extension.start();
        assertThat(file).doesNotExist();
        extension.ready();
        assertThat(file).exists();
        extension.stopping();
        assertThat(file).doesNotExist();
    }
}
