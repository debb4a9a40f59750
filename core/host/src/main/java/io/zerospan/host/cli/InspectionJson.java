package io.zerospan.host.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.zerospan.gobinary.Contradiction;
import io.zerospan.gobinary.FieldOffset;
import io.zerospan.gobinary.FieldOffsets;
import io.zerospan.gobinary.GoModule;
import io.zerospan.gobinary.HookSites;
import io.zerospan.gobinary.Inspection;
import io.zerospan.gobinary.ProbeSite;
import io.zerospan.host.trace.Inspected;
import io.zerospan.host.trace.ReceiverHooks;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The JSON of {@code zerospan inspect --json}; scripts rely on its shape. */
final class InspectionJson {

    private InspectionJson() {}

    static String of(Path file, Inspected inspected) {
        Inspection inspection = inspected.binary();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("file", file.toString());
            json.writeStringField("go", inspection.go());
            json.writeStringField("arch", inspection.arch());
            json.writeBooleanField("pie", inspection.pie());
            json.writeStringField("buildId", inspection.buildId());
            json.writeArrayFieldStart("modules");
            for (GoModule module : inspection.modules()) {
                json.writeStartObject();
                json.writeStringField("path", module.path());
                json.writeStringField("version", module.version());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("hooks");
            for (HookSites hook : inspection.hooks()) {
                hook(json, hook, inspected.receiversOf(hook));
            }
            json.writeEndArray();
            problems(json, inspected);
            json.writeArrayFieldStart("fields");
            for (FieldOffset field : inspection.fields()) {
                field(json, field);
            }
            for (FieldOffsets.Field field : inspection.missing()) {
                missing(json, field);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("contradictions");
            for (Contradiction contradiction : inspection.contradictions()) {
                json.writeStartArray();
                field(json, contradiction.trusted());
                field(json, contradiction.other());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeStringField("debugProblem", inspection.debugProblem());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void hook(JsonGenerator json, HookSites hook, List<String> receivers) throws IOException {
        json.writeStartObject();
        json.writeStringField("symbol", hook.symbol());
        json.writeArrayFieldStart("receivers");
        for (String receiver : receivers) {
            json.writeString(receiver);
        }
        json.writeEndArray();
        json.writeNumberField("address", hook.address());
        json.writeFieldName("start");
        ProbeSite start = hook.start();
        if (start == null) {
            json.writeNull();
        } else {
            site(json, start);
        }
        sites(json, "ends", hook.ends());
        json.writeBooleanField("eligible", hook.eligible());
        json.writeStringField("reason", hook.reason());
        json.writeEndObject();
    }

    /** Only where a configuration can have some: most documents have none. */
    private static void problems(JsonGenerator json, Inspected inspected) throws IOException {
        if (inspected.receivers().stream()
                .allMatch(receiver -> receiver.problems().isEmpty())) {
            return;
        }
        json.writeArrayFieldStart("problems");
        for (ReceiverHooks receiver : inspected.receivers()) {
            for (String problem : receiver.problems()) {
                json.writeStartObject();
                json.writeStringField("receiver", receiver.receiver());
                json.writeStringField("problem", problem);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void sites(JsonGenerator json, String name, List<ProbeSite> sites) throws IOException {
        json.writeArrayFieldStart(name);
        for (ProbeSite site : sites) {
            site(json, site);
        }
        json.writeEndArray();
    }

    private static void site(JsonGenerator json, ProbeSite site) throws IOException {
        json.writeStartObject();
        json.writeNumberField("offset", site.fileOffset());
        json.writeStringField(
                "cost", site.cost().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeEndObject();
    }

    private static void field(JsonGenerator json, FieldOffset field) throws IOException {
        json.writeStartObject();
        json.writeStringField("struct", field.struct());
        json.writeStringField("field", field.field());
        json.writeNumberField("offset", field.offset());
        json.writeStringField("source", field.source().name().toLowerCase(Locale.ROOT));
        json.writeEndObject();
    }

    private static void missing(JsonGenerator json, FieldOffsets.Field field) throws IOException {
        json.writeStartObject();
        json.writeStringField("struct", field.struct());
        json.writeStringField("field", field.path());
        json.writeNullField("offset");
        json.writeNullField("source");
        json.writeEndObject();
    }
}
