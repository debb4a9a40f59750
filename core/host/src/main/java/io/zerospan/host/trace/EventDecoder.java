package io.zerospan.host.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Makes a span of a record. Records come from our own programs, but what stands in them comes from anywhere. */
final class EventDecoder {
    private static final SpanKind[] KINDS = {
        SpanKind.INTERNAL, SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER
    };

    /** 73 years; what lies behind it would overflow as nanoseconds since the epoch. */
    private static final long LONGEST_UPTIME_NANOS = 1L << 61;

    /** What a probe calls the header {@code tracestate}: it belongs to the context, not to the attributes. */
    private static final String TRACE_STATE = "zs.tracestate";

    /** {@code enum zs_end}, from 1: how an abandoned span came to its end, as its {@code error.type}. */
    static final List<String> ENDS = List.of("panic", "goexit", "process_exit");

    private final KernelClock clock;
    private final KnownTexts texts = new KnownTexts();
    private final KnownRecords records = new KnownRecords();

    EventDecoder(KernelClock clock) {
        this.clock = clock;
    }

    static int type(ByteBuffer record, int at) {
        return record.getShort(at + Wire.AT_TYPE) & 0xffff;
    }

    static int tgid(ByteBuffer record, int at) {
        return record.getInt(at + Wire.AT_TGID);
    }

    static long processStart(ByteBuffer record, int at) {
        return record.getLong(at + Wire.AT_PROCESS_START);
    }

    /** Of the process that a piece of news is about. */
    static long newsStart(ByteBuffer record, int at) {
        return record.getLong(at + Wire.NEWS_AT_PROCESS_START);
    }

    /** Refuses what no program of this host's version can have written. */
    static void checkHeader(ByteBuffer record, int at, int length) throws DecodeException {
        if (length < Wire.NEWS_BYTES) {
            throw new DecodeException("record of " + length + " bytes < " + Wire.NEWS_BYTES);
        }
        int abi = record.getShort(at + Wire.AT_ABI) & 0xffff;
        if (abi != Wire.ABI) {
            throw new DecodeException("abi " + abi + " instead of " + Wire.ABI + " at byte " + Wire.AT_ABI);
        }
        int stated = record.getInt(at + Wire.AT_LENGTH);
        if (stated != length) {
            throw new DecodeException("length " + stated + " instead of " + length + " at byte " + Wire.AT_LENGTH);
        }
    }

    SpanData decode(ByteBuffer record, int at, int length, EventSource source, Resource resource)
            throws DecodeException {
        if (length < Wire.EVENT_BYTES) {
            throw new DecodeException("span record of " + length + " bytes < " + Wire.EVENT_BYTES);
        }
        int flags = record.get(at + Wire.AT_FLAGS);
        boolean abandoned = (flags & Wire.FLAG_ABANDONED) != 0;
        SpanKind kind = abandoned ? source.declarations().kind() : kind(record, at);
        checkIdsAndTimes(record, at);
        Description described = abandoned
                ? describe(record, at, length, source, kind, true)
                : described(record, at, length, source, kind);
        long traceHigh = id(record, at + Wire.AT_TRACE_ID);
        long traceLow = id(record, at + Wire.AT_TRACE_ID + Long.BYTES);
        long parentId = id(record, at + Wire.AT_PARENT_ID);
        boolean sampled = (flags & Wire.FLAG_UNSAMPLED) == 0;
        boolean remote = (flags & Wire.FLAG_REMOTE_PARENT) != 0;
        TraceState state = described.state();
        return new FinishedSpan(
                described,
                kind,
                new RecordedContext(traceHigh, traceLow, id(record, at + Wire.AT_SPAN_ID), sampled, false, state),
                parentId == 0
                        ? SpanContext.getInvalid()
                        : new RecordedContext(traceHigh, traceLow, parentId, sampled, remote, state),
                (flags & Wire.FLAG_DECIDED) != 0,
                clock.epochNanos(record.getLong(at + Wire.AT_START)),
                clock.epochNanos(record.getLong(at + Wire.AT_END)),
                source.scope(),
                resource);
    }

    /** Probes were taken out: lets go of all that was theirs. */
    void forget() {
        records.clear();
    }

    private Description described(ByteBuffer record, int at, int length, EventSource source, SpanKind kind)
            throws DecodeException {
        Description known = records.find(record, at, length, source);
        if (known != null) {
            return known;
        }
        Description described = describe(record, at, length, source, kind, false);
        records.note(source, described);
        return described;
    }

    private Description describe(
            ByteBuffer record, int at, int length, EventSource source, SpanKind kind, boolean abandoned)
            throws DecodeException {
        Draft draft = new Draft(texts, kind, source.declarations().spanName());
        source.declarations().constants().forEach(draft::declared);
        attributes(record, at, length, source, draft);
        if (source.declarations().spanName().indexOf('{') >= 0) {
            draft.name(SpanName.fill(
                    source.declarations().spanName(),
                    draft,
                    source.declarations().object()));
        }
        if (abandoned) {
            draft.error(end(record, at)); // nothing was read of which a shaper could make more
        } else {
            source.shaper().shape(draft);
        }
        TraceState state = TraceStateText.parse(draft.text(TRACE_STATE));
        return new Description(draft.name(), draft.status(), draft.attributes(), draft.links(), state);
    }

    /** Bytes in the order in which they are printed, as a number. */
    private static long id(ByteBuffer record, int at) {
        long bytes = record.getLong(at);
        return record.order() == ByteOrder.BIG_ENDIAN ? bytes : Long.reverseBytes(bytes);
    }

    private static SpanKind kind(ByteBuffer record, int at) throws DecodeException {
        int kind = record.get(at + Wire.AT_KIND);
        if (kind <= 0 || kind >= KINDS.length) {
            throw new DecodeException("kind " + kind + " at byte " + Wire.AT_KIND);
        }
        return KINDS[kind];
    }

    /** How an abandoned span came to its end. */
    private static String end(ByteBuffer record, int at) throws DecodeException {
        int end = record.get(at + Wire.AT_END_REASON);
        if (end <= 0 || end > ENDS.size()) {
            throw new DecodeException("end " + end + " at byte " + Wire.AT_END_REASON);
        }
        return ENDS.get(end - 1);
    }

    /** Ids of zeros mean "no span" to every backend, and a negative duration breaks some. */
    private static void checkIdsAndTimes(ByteBuffer record, int at) throws DecodeException {
        if ((record.getLong(at + Wire.AT_TRACE_ID) | record.getLong(at + Wire.AT_TRACE_ID + 8)) == 0) {
            throw new DecodeException("trace id of zeros at byte " + Wire.AT_TRACE_ID);
        }
        if (record.getLong(at + Wire.AT_SPAN_ID) == 0) {
            throw new DecodeException("span id of zeros at byte " + Wire.AT_SPAN_ID);
        }
        long start = record.getLong(at + Wire.AT_START);
        long end = record.getLong(at + Wire.AT_END);
        if (start < 0 || end < start || end > LONGEST_UPTIME_NANOS) {
            throw new DecodeException("span from " + start + " to " + end + " at byte " + Wire.AT_START);
        }
    }

    private void attributes(ByteBuffer record, int at, int length, EventSource source, Draft draft)
            throws DecodeException {
        int count = record.get(at + Wire.AT_ATTRIBUTES) & 0xff;
        int position = Wire.EVENT_BYTES;
        for (int i = 0; i < count; i++) {
            if (position + Wire.ATTRIBUTE_BYTES > length) {
                throw new DecodeException("attribute " + i + " of " + count + " begins behind the record's end");
            }
            int id = record.getShort(at + position) & 0xffff;
            int size = record.getInt(at + position + Wire.ATTRIBUTE_AT_LENGTH);
            int value = position + Wire.ATTRIBUTE_BYTES;
            if (size < 0 || size > length - value) {
                throw new DecodeException("attribute length " + size + " > " + (length - value) + " at byte "
                        + (position + Wire.ATTRIBUTE_AT_LENGTH));
            }
            if (id == 0 || id > source.declarations().attributes().size()) {
                throw new DecodeException("attribute id " + id + " at byte " + position);
            }
            ProbeDeclarations.Attribute declared =
                    source.declarations().attributes().get(id - 1);
            int type = record.get(at + position + Wire.ATTRIBUTE_AT_TYPE);
            if (type != declared.type().code()) {
                throw new DecodeException(declared.name() + " has type " + type + " instead of "
                        + declared.type().code());
            }
            boolean cut = (record.get(at + position + Wire.ATTRIBUTE_AT_FLAGS) & Wire.ATTRIBUTE_CUT) != 0;
            attribute(record, at + value, size, cut, declared, source, draft);
            position = value + ((size + 7) & ~7);
        }
    }

    private void attribute(
            ByteBuffer record,
            int at,
            int size,
            boolean cut,
            ProbeDeclarations.Attribute declared,
            EventSource source,
            Draft draft)
            throws DecodeException {
        int wanted = declared.type().bytes();
        if (declared.type().isText() ? size < wanted : size != wanted) {
            throw new DecodeException(declared.name() + " has " + size + " bytes instead of " + wanted);
        }
        switch (declared.type()) {
            case TEXT -> {
                draft.text(declared.name(), text(record, at, size, cut));
                if (cut) {
                    draft.cut(declared.name());
                }
            }
            case NAMED -> {
                int name = declared.type().bytes();
                String attribute =
                        declared.name() + "." + name(record, at, name).toLowerCase(Locale.ROOT);
                draft.element(attribute, text(record, at + name, size - name, cut));
                if (cut) {
                    draft.cut(attribute);
                }
            }
            case LINK -> draft.link(link(record, at));
            case INT -> draft.declared(declared.name(), record.getLong(at));
            case BOOL -> draft.declared(declared.name(), record.getLong(at) != 0);
            case GO_TYPE ->
                draft.declared(declared.name(), source.executable().typeNames().name(record.getLong(at)));
            case GO_PATH ->
                draft.declared(declared.name(), source.executable().typeNames().path(record.getLong(at)));
            case ADDR -> {
                byte[] address = new byte[16];
                record.get(at, address);
                draft.declared(declared.name() + ".address", Addresses.text(address));
                draft.declared(declared.name() + ".port", (long) (record.getShort(at + 16) & 0xffff));
            }
        }
    }

    /** Zeros behind it fill its room. */
    private String name(ByteBuffer record, int at, int room) {
        int length = 0;
        while (length < room && record.get(at + length) != 0) {
            length++;
        }
        return text(record, at, length, false);
    }

    private static SpanContext link(ByteBuffer record, int at) {
        boolean sampled = (record.getLong(at + 24) & Wire.FLAG_UNSAMPLED) == 0;
        return new RecordedContext(
                id(record, at), id(record, at + 8), id(record, at + 16), sampled, true, TraceState.getDefault());
    }

    /** A cut text may end within a character: what is left of it goes. */
    private String text(ByteBuffer record, int at, int size, boolean cut) {
        String known = cut ? null : texts.find(record, at, size);
        if (known != null) {
            return known;
        }
        byte[] bytes = new byte[size];
        record.get(at, bytes);
        int end = size;
        if (cut && size > 0) {
            int back = 0;
            while (back < 3 && end - back > 1 && (bytes[end - 1 - back] & 0xc0) == 0x80) {
                back++;
            }
            int lead = bytes[end - 1 - back] & 0xff;
            int wants = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
            if (wants > back + 1) {
                end -= back + 1;
            }
        }
        return texts.of(new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8));
    }
}
