package io.zerospan.host.pipeline;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ExtensionFactory;
import io.zerospan.api.HostExtension;
import io.zerospan.host.fence.PluginFaultException;
import io.zerospan.host.fence.Visit;
import io.zerospan.host.pipeline.ConfiguredComponents.MadeExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extensions that run, in the order of their start. None of them can hold up or end the pipelines. */
final class ExtensionRow {
    private static final Logger LOG = LoggerFactory.getLogger(ExtensionRow.class);

    private final List<ExtensionSlot> slots;
    private final ConfiguredComponents components;
    private boolean ready;

    ExtensionRow(List<ExtensionSlot> slots, ConfiguredComponents components) {
        this.slots = slots;
        this.components = components;
    }

    /** One that says that it can't start ends the start; one that fails in any other way is left out. */
    void start() throws ComponentException {
        for (ExtensionSlot slot : slots) {
            MadeExtension made = slot.made();
            if (made != null) {
                try {
                    start(slot, made);
                } catch (PluginFaultException e) {
                    slot.exchange(null);
                    LOG.error("{}; it is left out, all others go on", e.getMessage());
                }
            }
        }
    }

    private static void start(ExtensionSlot slot, MadeExtension made) throws ComponentException {
        visit("start " + slot.name(), made, HostExtension::start);
    }

    /** Spans flow. */
    synchronized void ready() {
        ready = true;
        slots.forEach(slot -> tell(slot, slot.made(), "of the start", HostExtension::ready));
    }

    /** Does nothing if spans never flowed. */
    synchronized void stopping() {
        if (ready) {
            ready = false;
            slots.forEach(slot -> tell(slot, slot.made(), "of the stop", HostExtension::stopping));
        }
    }

    private static void tell(
            ExtensionSlot slot, @Nullable MadeExtension made, String what, Consumer<HostExtension> message) {
        if (made != null) {
            try {
                visit("tell " + slot.name() + " " + what, made, message::accept);
            } catch (ComponentException e) {
                LOG.error("{}; all others go on", e.getMessage());
            }
        }
    }

    private interface Call {
        void on(HostExtension extension) throws ComponentException;
    }

    private static void visit(String name, MadeExtension made, Call call) throws ComponentException {
        HostExtension extension = made.extension();
        Visit.<Void>to(name, Visit.START, extension.getClass().getClassLoader(), () -> {
            call.on(extension);
            return null;
        });
    }

    /** In reverse order. */
    void close() {
        List<ExtensionSlot> backwards = new ArrayList<>(slots);
        Collections.reverse(backwards);
        backwards.forEach(slot -> close(slot, slot.made()));
    }

    private static void close(ExtensionSlot slot, @Nullable MadeExtension made) {
        if (made != null) {
            TimeBox.run(Host.PROCESSOR_STOP, Map.of(slot.name(), made::close));
        }
    }

    /**
     * Puts another one in place of an extension. Where that cannot be started beside the old one, because of a port, it
     * takes its place after that has closed.
     *
     * @param factory null if no plugin offers the type any more
     */
    synchronized void exchange(ExtensionSlot slot, @Nullable ExtensionFactory factory) throws ComponentException {
        MadeExtension after = factory == null
                ? null
                : Visit.to(
                        "make " + slot.name(),
                        Visit.START,
                        factory.getClass().getClassLoader(),
                        () -> components.remake(slot.id(), factory));
        boolean started = after != null && startedBeside(slot, after);
        MadeExtension before = slot.made();
        if (ready) {
            tell(slot, before, "of the stop", HostExtension::stopping);
        }
        slot.exchange(null);
        close(slot, before);
        if (after == null || !(started || startedInPlace(slot, after))) {
            return;
        }
        slot.exchange(after);
        if (ready) {
            tell(slot, after, "of the start", HostExtension::ready);
        }
    }

    private static boolean startedBeside(ExtensionSlot slot, MadeExtension after) throws ComponentException {
        try {
            start(slot, after);
            return true;
        } catch (PluginFaultException e) {
            close(slot, after);
            throw e;
        } catch (ComponentException e) {
            return false;
        }
    }

    private static boolean startedInPlace(ExtensionSlot slot, MadeExtension after) {
        try {
            start(slot, after);
            return true;
        } catch (ComponentException e) {
            LOG.error("{}; it is left out until its plugin changes", e.getMessage());
            close(slot, after);
            return false;
        }
    }
}
