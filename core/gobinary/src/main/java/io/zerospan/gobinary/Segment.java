package io.zerospan.gobinary;

/** A PT_LOAD program header: {@code fileBytes} bytes at {@code offset} in the file appear at {@code address}. */
record Segment(long address, long offset, long fileBytes, boolean writable, boolean executable) {
    boolean holds(long address, long length) {
        long into = address - this.address;
        return into >= 0 && length >= 0 && into <= fileBytes - length;
    }

    long end() {
        return address + fileBytes;
    }
}
