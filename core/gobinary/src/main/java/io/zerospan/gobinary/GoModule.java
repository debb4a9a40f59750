package io.zerospan.gobinary;

/** A module the program was built from; the version is the replacement's where a {@code replace} was in force. */
public record GoModule(String path, String version) {}
