package io.zerospan.gobinary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Jazzer calls: its input is a list of patches to the program named by the property {@code program}. */
public final class ProgramFuzzer {
    private static final DamagedProgram PROGRAM = copy();
    /** A patch is its offset, its length below this, and its bytes. */
    private static final int MAX_PATCH_BYTES = 16;

    private ProgramFuzzer() {}

    private static DamagedProgram copy() {
        try {
            Path copy = Files.createTempFile("fuzz", ".program");
            copy.toFile().deleteOnExit();
            return new DamagedProgram(Path.of(System.getProperty("program")), copy);
        } catch (IOException | GoBinaryException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        ByteBuffer input = ByteBuffer.wrap(data);
        while (input.remaining() > Integer.BYTES + 1) {
            int at = Math.floorMod(input.getInt(), PROGRAM.bytes());
            byte[] patch = new byte[Math.min(input.get() & (MAX_PATCH_BYTES - 1), input.remaining())];
            input.get(patch);
            PROGRAM.patch(at, patch);
        }
        try {
            FullInspection.of(PROGRAM.file());
        } catch (GoBinaryException expected) {
            // anything else is a finding
        }
        PROGRAM.heal();
    }
}
