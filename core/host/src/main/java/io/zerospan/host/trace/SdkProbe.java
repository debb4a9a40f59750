package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfLink;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.HeldFile;
import io.zerospan.libbpf.KernelFeatures;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.Uprobes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's probe on the OpenTelemetry SDK's tracer. Its program knows nothing of the executable, so it is loaded once,
 * when the first one with an SDK in it comes.
 */
final class SdkProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SdkProbe.class);

    private final LibBpf lib;
    private final KernelFeatures kernel;
    private final SharedMaps maps;
    private final Uprobes uprobes;
    private @Nullable BpfObject object;
    private Optional<ProbeDeclarations.Hook> hook = Optional.empty();

    SdkProbe(LibBpf lib, KernelFeatures kernel, SharedMaps maps, Uprobes uprobes) {
        this.lib = lib;
        this.kernel = kernel;
        this.maps = maps;
        this.uprobes = uprobes;
    }

    /** Empty if no SDK is linked, or one that can't be watched: its program is traced as if there were none. */
    Optional<Reach.Programs> in(GoBinary binary, String path, HeldFile file) {
        try {
            if (object == null) {
                object = HostObject.open(lib, "sdk_tracer");
                hook = ProbeDeclarations.read("sdk_tracer", object.tags()).hooks().stream()
                        .findFirst();
            }
            ProbePlan.Placement placement =
                    ProbePlan.placement(hook.orElseThrow(), binary).orElse(null);
            if (placement == null) {
                return Optional.empty();
            }
            loadOnce(object);
            return Optional.of(new OneProgram(placement, object, file));
        } catch (BpfException | ComponentException e) {
            LOG.warn("whether {} makes spans of its own is not known: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    private boolean loaded;

    private void loadOnce(BpfObject opened) throws BpfException {
        if (!loaded) {
            maps.shareWith(opened);
            if (kernel.uprobeMulti()) {
                opened.programs().forEach(opened::useUprobeMulti);
            }
            if (!kernel.privateStacks()) {
                opened.takeOutTailCalls();
            }
            loaded = true;
            opened.load();
        }
    }

    private final class OneProgram implements Reach.Programs {
        private final ProbePlan.Placement placement;
        private final BpfObject object;
        private final HeldFile file;

        OneProgram(ProbePlan.Placement placement, BpfObject object, HeldFile file) {
            this.placement = placement;
            this.object = object;
            this.file = file;
        }

        @Override
        public List<BpfLink> attach(int pid, int wave) throws BpfException {
            return List.of(uprobes.attach(
                    object.program(placement.program()),
                    file.path(),
                    placement.offsets(),
                    placement.cookies(wave),
                    pid));
        }

        /** Whoever tells first tells once, so it does not matter which. */
        @Override
        public void act(int wave) {}
    }

    @Override
    public void close() {
        if (object != null) {
            object.close();
        }
    }
}
