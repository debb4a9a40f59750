package io.zerospan.host.trace;

/** Where things lie in a record: the twin of {@code bpf/include/zerospan/wire.h}. */
final class Wire {
    static final int ABI = 1;

    static final int TYPE_OWN_SPANS = 0xfffd;
    static final int TYPE_EXEC = 0xfffe;
    static final int TYPE_EXIT = 0xffff;
    /** Types from 1 up to here are given to objects; further ones are reserved for news about processes. */
    static final int LAST_OBJECT_TYPE = 0xfff0;

    static final int AT_ABI = 0;
    static final int AT_TYPE = 2;
    static final int AT_LENGTH = 4;
    static final int AT_TGID = 8;
    static final int NEWS_AT_PROCESS_START = 16;
    static final int NEWS_BYTES = 24;

    static final int AT_KIND = 12;
    static final int AT_FLAGS = 13;
    static final int AT_ATTRIBUTES = 14;
    static final int AT_END_REASON = 15;
    static final int AT_GOID = 16;
    static final int AT_START = 24;
    static final int AT_END = 32;
    static final int AT_TRACE_ID = 40;
    static final int AT_SPAN_ID = 56;
    static final int AT_PARENT_ID = 64;
    static final int AT_PROCESS_START = 72;
    static final int EVENT_BYTES = 80;

    static final int FLAG_REMOTE_PARENT = 1;
    static final int FLAG_ABANDONED = 2;
    static final int FLAG_UNSAMPLED = 4;
    static final int FLAG_DECIDED = 8;
    static final int FLAG_SILENT = 16;
    static final int FLAG_LINKED = 32;
    static final int FLAG_TRACESTATE = 64;
    static final int FLAG_ADOPTED = 128;

    static final int ATTRIBUTE_BYTES = 8;
    static final int ATTRIBUTE_AT_TYPE = 2;
    static final int ATTRIBUTE_AT_FLAGS = 3;
    static final int ATTRIBUTE_AT_LENGTH = 4;
    static final int ATTRIBUTE_CUT = 1;
    /** 16 bytes of address and a port. */
    static final int ADDRESS_BYTES = 18;
    /** A name, with zeros behind, in front of its text. */
    static final int NAME_BYTES = 48;
    /** A trace id, a span id and flags. */
    static final int LINK_BYTES = 32;

    private Wire() {}
}
