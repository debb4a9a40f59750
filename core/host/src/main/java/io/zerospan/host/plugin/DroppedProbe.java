package io.zerospan.host.plugin;

import io.zerospan.api.ComponentContext;
import io.zerospan.api.ComponentException;
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
    private final ProbeObject object;
    private final DeclaredProbe declared;

    private DroppedProbe(ProbeObject object, DeclaredProbe declared) {
        this.object = object;
        this.declared = declared;
    }

    static DroppedProbe read(String type, byte[] elf) throws ComponentException {
        ProbeObject object = new ProbeObject(type, elf, SpanShaper.AS_DECLARED);
        return new DroppedProbe(object, DeclaredProbe.read(object));
    }

    @Override
    public String type() {
        return object.name();
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
        return () -> List.of(object);
    }
}
