package io.zerospan.host.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which processes run a file, also those that nobody announced because they were forked. */
final class RunningProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(RunningProcesses.class);

    private RunningProcesses() {}

    static List<Integer> of(ExecutableId id) {
        List<Integer> running = new ArrayList<>();
        try {
            for (int pid : ProcFs.pids()) {
                if (runs(pid, id)) {
                    running.add(pid);
                }
            }
        } catch (IOException e) {
            LOG.warn("look for processes in /proc: {}", e.getMessage());
        }
        return running;
    }

    /** Nobody can write a file that runs, but its times may change. */
    static boolean runs(int pid, ExecutableId id) {
        try {
            return ExecutableId.of(ProcFs.exe(pid)).sameFile(id);
        } catch (IOException goneOrKernelThread) {
            return false;
        }
    }

    /** Of a process that may have ended and begun since, and of a file that may have been written in between. */
    static boolean runsUnchanged(int pid, ExecutableId id) {
        try {
            return ExecutableId.of(ProcFs.exe(pid)).equals(id);
        } catch (IOException goneOrKernelThread) {
            return false;
        }
    }
}
