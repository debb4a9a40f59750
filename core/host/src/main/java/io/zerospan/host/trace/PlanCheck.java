package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.Config;
import io.zerospan.api.HookPlanner;
import io.zerospan.api.ProbeObject;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What an object's planner would do in a binary, without attaching anything; needs no rights. */
public final class PlanCheck {
    private PlanCheck() {}

    /** Records in the configuration what is wrong with it in the light of the binary. */
    public static void check(ProbeObject object, Path file) throws ComponentException {
        HookPlanner planner = object.planner();
        if (planner == null) {
            return;
        }
        try (GoBinary binary = GoBinary.read(file)) {
            planner.plan(new BinaryProgram(binary, file.toString()), new Rejecting());
        } catch (GoBinaryException e) {
            throw new ComponentException(String.valueOf(e.getMessage()), e);
        }
    }

    private static final class Rejecting implements HookPlanner.Complaints {
        @Override
        public void missing(Config where, String key, Supplier<String> what) {
            where.reject(key, what.get());
        }

        @Override
        public void wrong(Config where, String key, String what) {
            where.reject(key, what);
        }
    }
}
