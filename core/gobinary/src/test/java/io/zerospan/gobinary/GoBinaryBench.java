package io.zerospan.gobinary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How long a whole inspection takes in a warm virtual machine: one row of a table for each binary. */
final class GoBinaryBench {
    private static final int WARM_UP_ROUNDS = 15;
    private static final int ROUNDS = 15;

    private GoBinaryBench() {}

    /** Something that takes time. */
    private interface Work {
        void run() throws GoBinaryException;
    }

    public static void main(String[] files) throws Exception {
        System.out.println("| binary | MB | functions | inspected, ms | known before, ms |");
        System.out.println("|---|---|---|---|---|");
        for (String name : files) {
            Path file = Path.of(name);
            BinaryCache cache = new BinaryCache();
            FullInspection.of(cache.read(file));
            System.out.printf(
                    "| %s | %d | %,d | %.0f | %.0f |%n",
                    file.getFileName(),
                    Files.size(file) / 1_000_000,
                    functions(file),
                    median(() -> FullInspection.of(file)),
                    median(() -> FullInspection.of(cache.read(file))));
        }
    }

    private static double median(Work work) throws GoBinaryException {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) work.run();
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[ROUNDS / 2] / 1e6;
    }

    private static int functions(Path file) throws GoBinaryException {
        try (FilePages pages = FilePages.open(file)) {
            return Pclntab.find(Image.read(pages)).count();
        }
    }
}
