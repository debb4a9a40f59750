package io.zerospan.host.trace;

import io.zerospan.gobinary.HookSites;
import io.zerospan.gobinary.Inspection;
import java.util.List;

/**
 * What a binary offers to the probes of some receivers.
 *
 * @param binary each function and field once
 * @param receivers which of them wants which functions; one that wants none is not among them
 */
public record Inspected(Inspection binary, List<ReceiverHooks> receivers) {
    public Inspected {
        receivers = List.copyOf(receivers);
    }

    /** The receivers whose probes ask for a function. */
    public List<String> receiversOf(HookSites hook) {
        return receivers.stream()
                .filter(receiver ->
                        receiver.uses().stream().anyMatch(use -> use.symbol().equals(hook.symbol())))
                .map(ReceiverHooks::receiver)
                .toList();
    }
}
