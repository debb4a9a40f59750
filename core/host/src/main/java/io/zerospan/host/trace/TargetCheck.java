package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.libbpf.BpfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target named by a whole path can be judged at the start: better one sentence now than silence for ever. And it can be
 * attached before any process runs it, so that its processes are traced from their first instruction.
 */
final class TargetCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TargetCheck.class);

    private TargetCheck() {}

    static void check(int index, TargetRule rule, Discovery discovery) throws ComponentException {
        String exe = rule.path().orElse(null);
        if (exe == null || rule.pid() != null) {
            return;
        }
        Path file = Path.of(exe);
        if (!Files.exists(file)) {
            LOG.warn("targets[{}]: no file {} yet; its processes are traced as soon as there are any", index, exe);
            return;
        }
        try {
            Path real = file.toRealPath();
            if (!real.equals(file)) { // the kernel will name what the link leads to, and the rule would never match
                throw new ComponentException("targets[" + index + "]: exe " + exe + " is reached by a link, and its"
                        + " processes are known by the file itself; write " + real);
            }
            discovery.prepare(file);
        } catch (GoBinaryException e) {
            throw new ComponentException("targets[" + index + "]: " + e.getMessage(), e);
        } catch (BpfException | IOException e) {
            throw new ComponentException("targets[" + index + "]: attach to " + exe + ": " + e.getMessage(), e);
        }
    }
}
