package io.zerospan.host.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;

/** Ports in a row that nobody uses, below the range from which the kernel chooses ports itself. */
public final class FreePorts {
    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 30_000;
    private static final int TRIES = 1000;

    private FreePorts() {}

    /** Returns the first one. */
    public static int inARow(int count) throws IOException {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < TRIES; i++) {
            int first = random.nextInt(LOWEST, HIGHEST - count);
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IOException("no " + count + " free ports in a row between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean areFree(int first, int count) {
        for (int port = first; port < first + count; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                if (!socket.isBound()) {
                    return false;
                }
            } catch (IOException inUse) {
                return false;
            }
        }
        return true;
    }
}
