package com.example.team;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.HostExtension;
import io.zerospan.api.Stability;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Makes the extension {@code ready_file}, with the option {@code path}. */
@Extension
public final class ReadyFileFactory implements ExtensionFactory {
    @Override
    public String type() {
        return "ready_file";
    }

    @Override
    public Stability stability() {
        return Stability.DEVELOPMENT;
    }

    @Override
    public String description() {
        return "keeps a file while the host traces";
    }

    @Override
    public HostExtension create(Config config, ComponentContext context) {
        return new ReadyFile(Path.of(config.required("path")));
    }
}
