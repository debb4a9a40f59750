package io.zerospan.libbpf;

/** What was done, on what, what was wrong and what to do, in one sentence; {@link #details()} holds libbpf's whole log. */
public final class BpfException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String details;

    public BpfException(String message) {
        this(message, "");
    }

    public BpfException(String message, String details) {
        super(message);
        this.details = details;
    }

    /** Everything that libbpf and the verifier said meanwhile, many lines; empty when they said nothing. */
    public String details() {
        return details;
    }
}
