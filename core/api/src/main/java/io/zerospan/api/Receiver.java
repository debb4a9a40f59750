package io.zerospan.api;

import java.util.List;

/** Names the probes to attach. The host loads, attaches and reads them. */
public interface Receiver extends Component {
    List<ProbeObject> probes();
}
