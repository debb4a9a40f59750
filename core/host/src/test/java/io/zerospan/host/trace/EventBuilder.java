package io.zerospan.host.trace;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.zerospan.api.SpanShaper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A record as a probe writes it, and the probe's declarations to read it by. */
final class EventBuilder {
    static final int TEXT = 1;
    static final int INT = 2;
    static final int BOOL = 3;
    static final int GO_TYPE = 4;
    static final int ADDR = 5;
    static final int INTERNAL_TEXT = 6;
    static final int GO_PATH = 7;
    static final int NAMED = 8;
    static final int LINK = 9;
    static final int TRACE_STATE = 10;

    /** Kernel time 0 in epoch nanoseconds. */
    static final long BOOT = 1_700_000_000_000_000_000L;

    private static final int EXECUTABLE_TYPE = 7;
    /** The decoder gets a record in the midst of the ring. */
    private static final int BEFORE = 24;

    private static final List<ProbeDeclarations.Attribute> DECLARED = List.of(
            new ProbeDeclarations.Attribute("t", AttributeType.TEXT, "text"),
            new ProbeDeclarations.Attribute("i", AttributeType.INT, "int"),
            new ProbeDeclarations.Attribute("b", AttributeType.BOOL, "bool"),
            new ProbeDeclarations.Attribute("g", AttributeType.GO_TYPE, "error.type"),
            new ProbeDeclarations.Attribute("a", AttributeType.ADDR, "network.peer"),
            new ProbeDeclarations.Attribute("z", AttributeType.TEXT, "zs.internal"),
            new ProbeDeclarations.Attribute("p", AttributeType.GO_PATH, "path"),
            new ProbeDeclarations.Attribute("n", AttributeType.NAMED, "http.request.header"),
            new ProbeDeclarations.Attribute("l", AttributeType.LINK, "zs.link"),
            new ProbeDeclarations.Attribute("s", AttributeType.TEXT, "zs.tracestate"));

    private final ByteBuffer header = ByteBuffer.allocate(Wire.EVENT_BYTES).order(ByteOrder.nativeOrder());
    private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();
    private int count;

    private EventBuilder() {
        header.putShort(Wire.AT_ABI, (short) Wire.ABI).putShort(Wire.AT_TYPE, (short) EXECUTABLE_TYPE);
        header.putInt(Wire.AT_TGID, 4121);
        kind(2).times(1_000, 3_500);
        header.put(Wire.AT_TRACE_ID, bytes(1, 16)).put(Wire.AT_SPAN_ID, bytes(17, 8));
        header.putLong(Wire.AT_PROCESS_START, 99);
    }

    static EventBuilder anEvent() {
        return new EventBuilder();
    }

    EventBuilder abi(int abi) {
        header.putShort(Wire.AT_ABI, (short) abi);
        return this;
    }

    EventBuilder kind(int kind) {
        header.put(Wire.AT_KIND, (byte) kind);
        return this;
    }

    EventBuilder times(long start, long end) {
        header.putLong(Wire.AT_START, start).putLong(Wire.AT_END, end);
        return this;
    }

    EventBuilder noTrace() {
        header.put(Wire.AT_TRACE_ID, new byte[16]);
        return this;
    }

    EventBuilder noSpan() {
        header.putLong(Wire.AT_SPAN_ID, 0);
        return this;
    }

    /** Ids are bytes in the order they are printed: {@code first} and the seven that follow. */
    EventBuilder parent(int first, int flags) {
        header.put(Wire.AT_PARENT_ID, bytes(first, 8)).put(Wire.AT_FLAGS, (byte) flags);
        return this;
    }

    EventBuilder text(String text) {
        return attribute(TEXT, AttributeType.TEXT.code(), 0, text.getBytes(StandardCharsets.UTF_8));
    }

    EventBuilder number(int id, long value) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(value)
                .array();
        return attribute(id, DECLARED.get(id - 1).type().code(), 0, bytes);
    }

    EventBuilder address(byte[] sixteen, int port) {
        byte[] bytes = ByteBuffer.allocate(Wire.ADDRESS_BYTES)
                .order(ByteOrder.nativeOrder())
                .put(sixteen)
                .putShort((short) port)
                .array();
        return attribute(ADDR, AttributeType.ADDR.code(), 0, bytes);
    }

    EventBuilder named(String name, String text, int flags) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(Wire.NAME_BYTES + value.length)
                .put(name.getBytes(StandardCharsets.UTF_8))
                .position(Wire.NAME_BYTES)
                .put(value)
                .array();
        return attribute(NAMED, AttributeType.NAMED.code(), flags, bytes);
    }

    EventBuilder link(byte[] ids, long flags) {
        byte[] bytes = ByteBuffer.allocate(Wire.LINK_BYTES)
                .order(ByteOrder.nativeOrder())
                .put(ids)
                .putLong(flags)
                .array();
        return attribute(LINK, AttributeType.LINK.code(), 0, bytes);
    }

    EventBuilder attribute(int id, int type, int flags, byte[] value) {
        ByteBuffer attribute = ByteBuffer.allocate(Wire.ATTRIBUTE_BYTES + ((value.length + 7) & ~7))
                .order(ByteOrder.nativeOrder());
        attribute.putShort((short) id).put((byte) type).put((byte) flags).putInt(value.length);
        attributes.writeBytes(attribute.put(value).array());
        header.put(Wire.AT_ATTRIBUTES, (byte) ++count);
        return this;
    }

    byte[] bytes() {
        int length = Wire.EVENT_BYTES + attributes.size();
        header.putInt(Wire.AT_LENGTH, length);
        return ByteBuffer.allocate(length)
                .put(header.array())
                .put(attributes.toByteArray())
                .array();
    }

    SpanData decode() throws DecodeException {
        return decode(bytes());
    }

    /** Decodes a record that ends where its buffer ends: a read behind it would throw. */
    static SpanData decode(byte[] record) throws DecodeException {
        return decode(record, SpanShaper.AS_DECLARED);
    }

    static SpanData decode(byte[] record, SpanShaper shaper) throws DecodeException {
        ByteBuffer ring = ByteBuffer.allocate(BEFORE + record.length).order(ByteOrder.nativeOrder());
        ring.put(BEFORE, record);
        EventDecoder.checkHeader(ring, BEFORE, record.length);
        return decoder().decode(ring, BEFORE, record.length, source(shaper), Resource.empty());
    }

    static EventDecoder decoder() {
        return new EventDecoder(new KernelClock(0, BOOT));
    }

    static EventSource source(SpanShaper shaper) {
        return new EventSource(
                EXECUTABLE_TYPE,
                new Outlet("test", spans -> {}),
                InstrumentationScopeInfo.create("test"),
                shaper,
                new ProbeDeclarations(
                        "test",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        DECLARED,
                        "as declared",
                        SpanKind.PRODUCER,
                        Map.of(),
                        ProbeDeclarations.About.NOTHING),
                new Executable(
                        0,
                        new ExecutableId(1, 2, 3, 4),
                        "/srv/shop",
                        "go1.26.8",
                        new Executable.TypeNames(
                                address -> address == 0x4a0 ? "*net.OpError" : "",
                                address -> address == 0x4a0 ? "*example.com/net.OpError" : "")));
    }

    private static byte[] bytes(int first, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }
}
