package io.zerospan.exporter.debug;

/** How much of each batch is written. */
enum Verbosity {
    BASIC,
    NORMAL,
    DETAILED
}
