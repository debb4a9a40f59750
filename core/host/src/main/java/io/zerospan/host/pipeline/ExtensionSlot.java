package io.zerospan.host.pipeline;

import io.zerospan.host.config.ComponentId;
import io.zerospan.host.pipeline.ConfiguredComponents.MadeExtension;
import org.jspecify.annotations.Nullable;

/** The place of an extension beside the pipelines; its plugin may be replaced, or gone for a while. */
final class ExtensionSlot {
    private final ComponentId id;
    private volatile @Nullable MadeExtension made;

    ExtensionSlot(ComponentId id, @Nullable MadeExtension made) {
        this.id = id;
        this.made = made;
    }

    ComponentId id() {
        return id;
    }

    String name() {
        return "extension " + id;
    }

    @Nullable MadeExtension made() {
        return made;
    }

    void exchange(@Nullable MadeExtension other) {
        made = other;
    }
}
