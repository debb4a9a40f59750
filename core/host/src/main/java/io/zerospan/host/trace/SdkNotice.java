package io.zerospan.host.trace;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one line that tells the user of a process with spans of its own: which, why, what is done, how to change it. */
final class SdkNotice {
    private static final Logger LOG = LoggerFactory.getLogger(SdkNotice.class);

    private SdkNotice() {}

    static void log(int pid, Instrumented treatment) {
        String found = "pid " + pid + " (" + path(pid) + ") makes spans of its own with the OpenTelemetry SDK:";
        switch (treatment) {
            case SKIP ->
                LOG.warn(
                        "{} it is not traced any more, so that nothing is told twice;"
                                + " 'instrumented: trace' in its rule of 'targets' traces it all the same",
                        found);
            case TRACE ->
                LOG.warn(
                        "{} it is traced all the same, and what the SDK exports may tell of the same requests;"
                                + " under 'zerospan run' 'instrumented: skip', the default of 'targets', leaves it"
                                + " alone",
                        found);
        }
    }

    private static String path(int pid) {
        try {
            return ProcFs.exePath(pid);
        } catch (IOException e) {
            return "ended meanwhile";
        }
    }
}
