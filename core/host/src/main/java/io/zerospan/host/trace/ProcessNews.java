package io.zerospan.host.trace;

/** Takes what the host's own programs tell of processes. Must not wait: the ring is read meanwhile. */
interface ProcessNews {
    /** It begins a new program. */
    void started(int pid);

    /** It was traced and ends. */
    void ended(int pid);

    /** It makes spans of its own. */
    void ownSpans(int pid);
}
