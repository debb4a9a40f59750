package io.zerospan.host.pipeline;

import io.zerospan.api.Config;

/** The door for tests elsewhere to what the host itself reads of every exporter. */
public final class CommonOptions {
    private CommonOptions() {}

    public static void read(Config config) {
        ExporterOptions.read(config);
    }
}
