package io.zerospan.host.cli;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Signals that the JVM would not hand to us. Its class for them is not in the Java API, but in every JDK since 1.3. */
final class Signals {
    private Signals() {}

    /** Calls {@code action} instead of what the signal does otherwise. What was ignored from the start stays so. */
    static void on(String name, Runnable action) {
        Signal signal = new Signal(name);
        if (SignalHandler.SIG_IGN.equals(Signal.handle(signal, came -> action.run()))) {
            Signal.handle(signal, SignalHandler.SIG_IGN); // as with nohup
        }
    }
}
