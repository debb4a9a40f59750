package io.zerospan.receiver.databasesql;

/** What of a statement's text leaves the host. */
enum QueryText {
    /** Literals are {@code ?}. */
    SANITIZED,
    /** All of it, as the program wrote it. */
    RAW,
    OFF
}
