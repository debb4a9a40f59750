package io.zerospan.host.trace;

/** Takes what the host's own programs tell of processes. Must not wait: the ring is read meanwhile. */
interface ProcessNews {
    /**
     * It begins a new program.
     *
     * @param start tells it from what the same process ran before, and from others that had the pid: later is greater
     */
    void started(int pid, long start);

    /** It was traced and ends. */
    void ended(int pid, long start);

    /** It makes spans of its own. */
    void ownSpans(int pid);
}
