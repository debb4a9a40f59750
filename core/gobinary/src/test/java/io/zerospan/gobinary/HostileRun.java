package io.zerospan.gobinary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Cuts and damages programs: each must be inspected or refused by {@link GoBinaryException}, soon. */
final class HostileRun {
    /** A whole inspection takes milliseconds; the bounded walks through tables take some seconds at worst. */
    private static final long MAX_NANOS = 20_000_000_000L;

    private long slowest;
    private int inspected;
    private int refused;

    int refused() {
        return refused;
    }

    /** Seeded: the same number of mutations of the same file is the same. */
    HostileRun damage(DamagedProgram program, long seed, int mutations) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < mutations; i++) {
            String where = program.damage(random);
            inspect(program.file(), "seed " + seed + ", mutation " + i + ": " + where);
            program.heal();
        }
        return this;
    }

    /** Cuts the program after each of these bytes. */
    HostileRun cut(DamagedProgram program, List<Integer> lengths) throws IOException {
        for (int length : lengths) cut(program, length);
        program.heal();
        return this;
    }

    private void cut(DamagedProgram program, int length) throws IOException {
        program.cut(length);
        inspect(program.file(), "cut to " + length);
    }

    private void inspect(Path file, String what) {
        long start = System.nanoTime();
        try {
            FullInspection.of(file);
            inspected++;
        } catch (GoBinaryException e) {
            refused++;
            if (!String.valueOf(e.getMessage()).startsWith(file + ": ")) throw new AssertionError(what, e);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
        long nanos = System.nanoTime() - start;
        slowest = Math.max(slowest, nanos);
        if (nanos > MAX_NANOS) throw new AssertionError(what + ": took " + nanos / 1_000_000 + " ms");
    }

    @Override
    public String toString() {
        return "%d inspected, %d refused, slowest %d ms".formatted(inspected, refused, slowest / 1_000_000);
    }

    /** For the command line: MUTATIONS SEED PROGRAM..., the mutations shared among the programs; all cuts of the first. */
    public static void main(String[] arguments) throws Exception {
        int mutations = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        Path folder = Files.createTempDirectory("hostile");
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Callable<String>> runs = new ArrayList<>();
            int programs = arguments.length - 2;
            for (int i = 0; i < programs; i++) {
                Path program = Path.of(arguments[i + 2]);
                Path copy = folder.resolve("copy-" + i);
                long own = seed + i;
                runs.add(() -> {
                    try (DamagedProgram damaged = new DamagedProgram(program, copy)) {
                        return program.getFileName() + ", mutations: "
                                + new HostileRun().damage(damaged, own, (mutations + programs - 1) / programs);
                    }
                });
            }
            runs.add(() -> {
                try (DamagedProgram damaged = new DamagedProgram(Path.of(arguments[2]), folder.resolve("cut"))) {
                    HostileRun run = new HostileRun();
                    for (int length = 0; length < damaged.bytes(); length++) run.cut(damaged, length);
                    return Path.of(arguments[2]).getFileName() + ", every cut: " + run;
                }
            });
            for (Future<String> run : threads.invokeAll(runs)) System.out.println(run.get());
        } finally {
            threads.shutdownNow();
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(folder);
        }
    }
}
