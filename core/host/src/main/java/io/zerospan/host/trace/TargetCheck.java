package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target named by a whole path can be judged at the start: better one sentence now than silence for ever. */
final class TargetCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TargetCheck.class);

    private static final String GLOB_CHARACTERS = "*?[]{}\\";

    private TargetCheck() {}

    static void check(int index, TargetRule rule) throws ComponentException {
        String exe = rule.exe();
        if (exe == null || exe.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0)) {
            return;
        }
        Path file = Path.of(exe);
        if (!Files.exists(file)) {
            LOG.warn("targets[{}]: no file {} yet; its processes are traced as soon as there are any", index, exe);
            return;
        }
        try (GoBinary binary = GoBinary.read(file)) {
            LOG.debug("targets[{}]: {} is {}", index, exe, binary.goVersion());
        } catch (GoBinaryException e) {
            throw new ComponentException("targets[" + index + "]: " + e.getMessage(), e);
        }
    }
}
