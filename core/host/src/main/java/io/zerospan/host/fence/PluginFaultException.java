package io.zerospan.host.fence;

import io.zerospan.api.ComponentException;

/** A plugin threw what it must not throw, or never came back: its defect, which the host and all others survive. */
public final class PluginFaultException extends ComponentException {
    private static final long serialVersionUID = 1L;

    PluginFaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
