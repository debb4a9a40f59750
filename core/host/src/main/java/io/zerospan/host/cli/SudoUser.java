package io.zerospan.host.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who called sudo: a traced program runs as that user, not as root.
 *
 * @param passwd the user's line of the user database; null for a user that is not in it
 */
record SudoUser(
        String uid, String gid, String name, @Nullable String passwd) {
    private static final String NUMBER = "\\d{1,10}";
    private static final int HOME_FIELD = 5;
    /** What sudo tells of its caller; with it the program would take itself for one that sudo started. */
    private static final List<String> SUDO = List.of("SUDO_UID", "SUDO_GID", "SUDO_USER", "SUDO_COMMAND", "SUDO_HOME");

    /**
     * Empty where no other user is to be had.
     *
     * @param passwd finds the line of a user id
     */
    static Optional<SudoUser> of(
            Function<String, @Nullable String> environment, boolean root, Function<String, @Nullable String> passwd) {
        String uid = environment.apply("SUDO_UID");
        String gid = environment.apply("SUDO_GID");
        if (!root || uid == null || gid == null || !uid.matches(NUMBER) || !gid.matches(NUMBER) || uid.matches("0+")) {
            return Optional.empty();
        }
        String name = environment.apply("SUDO_USER");
        return Optional.of(new SudoUser(uid, gid, name == null ? uid : name, passwd.apply(uid)));
    }

    /** The command behind what changes the user: it keeps the process id and the terminal. */
    List<String> around(List<String> command) {
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid", uid, "--regid", gid));
        all.add(passwd == null ? "--clear-groups" : "--init-groups");
        all.add("--");
        all.addAll(command);
        return all;
    }

    void adapt(Map<String, String> environment) {
        environment.keySet().removeAll(SUDO);
        environment.put("USER", name);
        environment.put("LOGNAME", name);
        environment.put("HOME", home());
    }

    private String home() {
        String[] fields = passwd == null ? new String[0] : passwd.strip().split(":", -1);
        return fields.length > HOME_FIELD && !fields[HOME_FIELD].isEmpty() ? fields[HOME_FIELD] : "/";
    }
}
