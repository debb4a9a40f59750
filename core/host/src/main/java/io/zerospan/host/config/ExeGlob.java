package io.zerospan.host.config;

import java.nio.file.FileSystems;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A glob over paths of executables. The kernel gives whole paths without {@code .}, {@code ..} or links in them. */
final class ExeGlob {
    /** How a glob begins that can match a slash: with one, with {@code **}, or with a choice of such. */
    private static final Pattern FROM_THE_ROOT = Pattern.compile("(/|\\\\/|\\*\\*|\\{).*", Pattern.DOTALL);

    private static final Pattern DOTS = Pattern.compile("(.*/)?\\.\\.?(/.*)?", Pattern.DOTALL);

    private ExeGlob() {}

    /** Why it can't match anything, and what to write instead; empty if it can. */
    static Optional<String> problem(String glob) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            return Optional.of("'" + glob + "' is no glob: " + e.getDescription());
        }
        if (DOTS.matcher(glob).matches()) {
            return Optional.of("'" + glob + "' matches nothing: write the whole path, without . and ..");
        }
        if (!FROM_THE_ROOT.matcher(glob).matches()) {
            return Optional.of("'" + glob + "' matches nothing: executables have whole paths; write a path from /, or"
                    + " '**/" + glob + "' for every folder");
        }
        if (glob.endsWith("/")) {
            return Optional.of("'" + glob + "' matches nothing: it names a folder; write '" + glob + "*' for the files"
                    + " in it, or '" + glob + "**' for those below it as well");
        }
        return Optional.empty();
    }
}
