package io.zerospan.api;

import java.util.List;
import java.util.Optional;

/** Names the probes to attach. The host loads, attaches and reads them. */
public interface Receiver extends Component {
    List<ProbeObject> probes();

    /** How the spans of its clients travel on; empty for a receiver that has none. */
    default Optional<Propagation> propagation() {
        return Optional.empty();
    }
}
