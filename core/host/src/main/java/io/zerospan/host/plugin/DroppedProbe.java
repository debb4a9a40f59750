package io.zerospan.host.plugin;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.Config;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Receiver;
import io.zerospan.api.ReceiverFactory;
import io.zerospan.api.SpanShaper;
import io.zerospan.api.Stability;
import io.zerospan.host.trace.DeclaredProbe;
import java.util.List;

/** A receiver that is one object file and no Java: its spans are as its C source declares them. It has no options. */
public final class DroppedProbe implements ReceiverFactory {
    private final String type;
    private final byte[] elf;
    private final DeclaredProbe declared;

    DroppedProbe(String type, byte[] elf, DeclaredProbe declared) {
        this.type = type;
        this.elf = elf;
        this.declared = declared;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Stability stability() {
        return declared.stability();
    }

    @Override
    public String description() {
        return declared.about().isEmpty() ? "a probe without a description" : declared.about();
    }

    /** The Go functions that it probes. */
    public List<String> hooks() {
        return declared.hooks();
    }

    @Override
    public Receiver create(Config config, ComponentContext context) {
        ProbeObject object = new ProbeObject(type, elf, SpanShaper.AS_DECLARED);
        return () -> List.of(object);
    }
}
