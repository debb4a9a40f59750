package io.zerospan.exporter.otlp;

/** The fields of a protobuf message, one after another. Of messages that the library wrote, so they are whole. */
final class ProtoFields {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;

    private final byte[] message;
    private final int end;
    private int number;
    private int begin;
    private int value;
    private int next;

    ProtoFields(byte[] message) {
        this(message, 0, message.length);
    }

    private ProtoFields(byte[] message, int begin, int end) {
        this.message = message;
        this.next = begin;
        this.end = end;
    }

    /** Goes to the next field; false behind the last. */
    boolean next() {
        if (next >= end) {
            return false;
        }
        begin = next;
        int tag = varint();
        number = tag >>> 3;
        switch (tag & 7) {
            case VARINT -> {
                value = next;
                varint();
            }
            case FIXED64 -> {
                value = next;
                next += Long.BYTES;
            }
            case LENGTH -> {
                int length = varint();
                value = next;
                next += length;
            }
            default -> {
                value = next;
                next += Integer.BYTES;
            }
        }
        return true;
    }

    int number() {
        return number;
    }

    /** Those of the message that this field holds. */
    ProtoFields inside() {
        return new ProtoFields(message, value, next);
    }

    /** Appends the field as it stands. */
    void copyTo(Bytes to) {
        to.write(message, begin, next - begin);
    }

    private int varint() {
        int result = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = message[next++];
            result |= shift < Integer.SIZE ? (part & 0x7f) << shift : 0;
            if (part >= 0) {
                return result;
            }
        }
    }
}
