package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.gobinary.GoBinary;
import io.zerospan.gobinary.GoBinaryException;
import io.zerospan.libbpf.BpfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target named by a whole path can be judged at the start: better one sentence now than silence for ever. And it can be
 * attached before any process runs it, so that its processes are traced from their first instruction.
 */
public final class TargetCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TargetCheck.class);

    private TargetCheck() {}

    /**
     * Why no process of the target can ever be traced; empty if one may be, also where there is no such file yet, or it
     * is not this user's to read.
     */
    public static Optional<String> problem(TargetRule rule) {
        Path file = file(rule).orElse(null);
        if (file == null || !Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            checkNoLink(file);
            GoBinary.read(file).close();
            return Optional.empty();
        } catch (GoBinaryException | ComponentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of("exe " + file + " cannot be read: " + e.getMessage());
        }
    }

    static void check(int index, TargetRule rule, Discovery discovery) throws ComponentException {
        Path file = file(rule).orElse(null);
        if (file == null) {
            return;
        }
        String target = "targets[" + index + "]: ";
        if (!Files.exists(file)) {
            LOG.warn("{}no file {} yet; its processes are traced as soon as there are any", target, file);
            return;
        }
        try {
            checkNoLink(file);
            discovery.prepare(file);
        } catch (GoBinaryException | ComponentException e) {
            throw new ComponentException(target + e.getMessage(), e);
        } catch (BpfException | IOException e) {
            throw new ComponentException(target + "attach to " + file + ": " + e.getMessage(), e);
        }
    }

    /** The one file that the rule is about. */
    private static Optional<Path> file(TargetRule rule) {
        return rule.pid() == null ? rule.path().map(Path::of) : Optional.empty();
    }

    /** The kernel will name what a link leads to, and the rule would never match. */
    private static void checkNoLink(Path file) throws IOException, ComponentException {
        Path real = file.toRealPath();
        if (!real.equals(file)) {
            throw new ComponentException("exe " + file + " is reached by a link, and its processes are known by the"
                    + " file itself; write " + real);
        }
    }
}
