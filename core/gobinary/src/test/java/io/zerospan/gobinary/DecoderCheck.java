package io.zerospan.gobinary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds every instruction and every site of every Go function against llvm-objdump.
 *
 * @param refused functions that the decoder refuses, and why
 * @param unsafe functions in which the planner finds no right site, and why
 * @param unknown functions in which llvm-objdump itself does not know an instruction; the rest of them is not compared
 * @param wrong what the two say differently
 */
record DecoderCheck(
        int functions,
        long instructions,
        Map<String, String> refused,
        Map<String, String> unsafe,
        int unknown,
        List<String> wrong) {
    private static final int MOST_SHOWN = 20;

    static DecoderCheck of(Path file) throws IOException, GoBinaryException {
        try (FilePages pages = FilePages.open(file);
                Disassembly disassembly = new Disassembly(file)) {
            Image image = Image.read(pages);
            Pclntab table = Pclntab.find(image);
            ModuleData module =
                    ModuleData.find(image, table, BuildInfo.read(image).minor());
            return new Comparison(image, Functions.read(image, table, module)).run(disassembly);
        }
    }

    /** One walk through both. */
    private static final class Comparison {
        private final Image image;
        private final Functions functions;
        private final InstructionSet set;
        private final SiteFinder finder;
        private final boolean amd64;
        private final Map<String, String> refused = new TreeMap<>();
        private final Map<String, String> unsafe = new TreeMap<>();
        private final List<String> wrong = new ArrayList<>();
        private int compared;
        private int unknown;
        private long instructions;

        Comparison(Image image, Functions functions) {
            this.image = image;
            this.functions = functions;
            this.set = InstructionSet.of(image);
            this.finder = SiteFinder.of(image, functions);
            this.amd64 = image.header().machine() == ElfHeader.AMD64;
        }

        DecoderCheck run(Disassembly disassembly) throws IOException, GoBinaryException {
            Disassembly.Line line = disassembly.next();
            for (int function = 0; function < functions.count(); function++) {
                long start = functions.start(function);
                long end = functions.end(function);
                while (line != null && line.address() < start) line = disassembly.next();
                List<Disassembly.Line> lines = new ArrayList<>();
                for (; line != null && line.address() < end; line = disassembly.next()) lines.add(line);
                if (functions.isGo(function) && end > start && !lines.isEmpty()) compare(function, lines);
            }
            return new DecoderCheck(compared, instructions, refused, unsafe, unknown, wrong);
        }

        private void compare(int function, List<Disassembly.Line> lines) throws GoBinaryException {
            String name = functions.name(function);
            Code code;
            try {
                code = Code.read(image, set, functions.start(function), functions.end(function));
            } catch (GoBinaryException e) {
                refused.put(name, e.getMessage());
                return;
            }
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isKnown()) {
                    unknown++;
                    return;
                }
                Instruction ours =
                        i < code.instructions().size() ? code.instructions().get(i) : null;
                if (ours == null || !Meaning.agree(ours, lines.get(i), amd64)) {
                    wrong(name + ": " + ours + " but " + lines.get(i));
                    return;
                }
                instructions++;
            }
            for (Instruction rest : code.instructions()
                    .subList(lines.size(), code.instructions().size())) {
                if (image.i32(rest.address()) != 0) wrong(name + ": one more instruction, " + rest);
            }
            compared++;
            sites(function, name, code, lines);
        }

        private void sites(int function, String name, Code code, List<Disassembly.Line> lines) {
            try {
                TreeSet<Long> real = new TreeSet<>();
                for (Disassembly.Line line : lines) if (line.mnemonic().startsWith("ret")) real.add(line.address());
                TreeSet<Long> found = new TreeSet<>();
                for (ProbeSite site : finder.returns(function, code)) found.add(site.address());
                if (!found.equals(real)) wrong(name + ": returns " + found + " but " + real);
                ProbeSite start = finder.start(function, code);
                int index = code.indexOf(start.address());
                String problem = index < 0 ? "no instruction" : Meaning.ofStart(start, lines, index, amd64);
                if (problem != null) wrong(name + ": start at " + start + ": " + problem);
            } catch (GoBinaryException e) {
                unsafe.put(name, e.getMessage());
            }
        }

        private void wrong(String what) {
            if (wrong.size() < MOST_SHOWN) wrong.add(what);
        }
    }

    /** For the command line: one line for each binary; exit code 1 if anything is wrong. */
    public static void main(String[] files) throws Exception {
        boolean right = true;
        for (String file : files) {
            DecoderCheck check = of(Path.of(file));
            System.out.printf(
                    "%s: %d functions, %d instructions, %d wrong, %d undecodable, %d without a right site%n",
                    file,
                    check.functions,
                    check.instructions,
                    check.wrong.size(),
                    check.refused.size(),
                    check.unsafe.size());
            check.wrong.forEach(System.out::println);
            if (Boolean.getBoolean("refused")) {
                check.refused.values().forEach(System.out::println);
                check.unsafe.values().forEach(System.out::println);
            }
            right &= check.wrong.isEmpty() && check.functions > 0;
        }
        if (!right) System.exit(1);
    }

    /** What a line of llvm-objdump means in our words. */
    static final class Meaning {
        private Meaning() {}

        static boolean agree(Instruction ours, Disassembly.Line line, boolean amd64) {
            Instruction.Kind kind = amd64 ? amd64(line) : arm64(line.mnemonic());
            if (ours.address() != line.address() || ours.kind() != kind) return false;
            if (ours.target() != 0 && line.target() != ours.target()) return false;
            return !ours.keepsResults() || keepsResults(line);
        }

        private static Instruction.Kind amd64(Disassembly.Line line) {
            String mnemonic = line.mnemonic();
            boolean indirect = line.operands().startsWith("*");
            if (mnemonic.startsWith("call")) return indirect ? Instruction.Kind.OTHER : Instruction.Kind.CALL;
            if (mnemonic.startsWith("jmp")) return indirect ? Instruction.Kind.INDIRECT_JUMP : Instruction.Kind.JUMP;
            if (mnemonic.startsWith("j")) return Instruction.Kind.BRANCH;
            if (mnemonic.startsWith("ret")) return Instruction.Kind.RETURN;
            if (mnemonic.startsWith("nop") || line.operands().equals("%ax, %ax") && mnemonic.equals("xchgw"))
                return Instruction.Kind.NOP;
            boolean push = mnemonic.startsWith("push") && line.operands().startsWith("%");
            return push && !line.operands().endsWith("s") ? Instruction.Kind.PUSH : Instruction.Kind.OTHER;
        }

        private static Instruction.Kind arm64(String mnemonic) {
            if (mnemonic.startsWith("b.")) return Instruction.Kind.BRANCH;
            return switch (mnemonic) {
                case "b" -> Instruction.Kind.JUMP;
                case "bl" -> Instruction.Kind.CALL;
                case "br" -> Instruction.Kind.INDIRECT_JUMP;
                case "ret" -> Instruction.Kind.RETURN;
                case "cbz", "cbnz", "tbz", "tbnz" -> Instruction.Kind.BRANCH;
                case "nop" -> Instruction.Kind.NOP;
                default -> Instruction.Kind.OTHER;
            };
        }

        /** AT&T order: the last operand is written. */
        private static boolean keepsResults(Disassembly.Line line) {
            String mnemonic = line.mnemonic();
            if (mnemonic.startsWith("cmp") || mnemonic.startsWith("test") || mnemonic.startsWith("nop")) return true;
            if (!mnemonic.startsWith("mov") && !mnemonic.startsWith("lea") && !mnemonic.startsWith("xchg"))
                return false;
            String operands = line.operands();
            String written = operands.substring(operands.lastIndexOf(' ') + 1);
            boolean memory = written.endsWith(")") || !written.startsWith("%") || written.startsWith("%fs:");
            return memory || written.matches("%([er]?dx|dl|r1[23][dwb]?)");
        }

        /** Null if a start is what it should be. */
        static @Nullable String ofStart(ProbeSite start, List<Disassembly.Line> lines, int index, boolean amd64) {
            Disassembly.Line line = lines.get(index);
            if (start.filterStackGrowth()) {
                String branch = amd64 ? "jbe" : "b.ls";
                return line.mnemonic().equals(branch) ? null : "not " + branch + " but " + line;
            }
            boolean push = line.mnemonic().startsWith("push") && line.operands().equals("%rbp");
            return index == 0 || push ? null : "neither entry nor push but " + line;
        }
    }
}
