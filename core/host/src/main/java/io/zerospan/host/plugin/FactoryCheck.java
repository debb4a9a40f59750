package io.zerospan.host.plugin;

import io.zerospan.api.ComponentFactory;
import io.zerospan.host.config.ComponentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether a factory says of itself what the host goes by, before it is let in. */
final class FactoryCheck {
    private FactoryCheck() {}

    /** What is wrong with it; empty if nothing is. */
    static String objection(ComponentFactory factory) {
        List<String> names = new ArrayList<>();
        names.add(factory.type());
        if (isNull(factory.aliases()) || isNull(factory.stability()) || isNull(factory.description())) {
            return "it has no aliases, stability or description: each must answer something";
        }
        names.addAll(factory.aliases());
        for (String name : names) {
            if (isNull(name) || !ComponentId.isType(name)) {
                return "'" + name + "' is no type for the YAML, which is a letter and up to 62 letters, digits or _";
            }
        }
        return "";
    }

    /** The plugin's code may have been compiled without anything that would have told. */
    private static boolean isNull(Object answer) {
        return Objects.isNull(answer);
    }
}
