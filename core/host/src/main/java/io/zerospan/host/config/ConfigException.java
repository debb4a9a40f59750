package io.zerospan.host.config;

import io.zerospan.api.ComponentException;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with the configuration, one line each. */
public final class ConfigException extends ComponentException {

    private static final long serialVersionUID = 1L;

    ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }

    public ConfigException(String message) {
        super(message);
    }
}
