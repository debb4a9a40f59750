package io.zerospan.gobinary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every site of every compiled function against Go's own disassembler. */
class DisassemblyTest {
    /** {@code TEXT net/http.send(SB) /src/client.go}; assembler files hold instructions objdump does not know. */
    private static final Pattern FUNCTION = Pattern.compile("TEXT (.+)\\(SB\\) .*\\.go");

    private static final Pattern INSTRUCTION =
            Pattern.compile("  \\S+\\s+0x([0-9a-f]+)\\s+[0-9a-f]+\\s+(\\S+)(?:\\s+(\\S+))?.*");

    /** Instructions of one function: address → mnemonic and first operand. */
    private record Listing(String name, TreeMap<Long, String> instructions) {
        TreeSet<Long> returns() {
            TreeSet<Long> returns = new TreeSet<>();
            instructions.forEach((address, text) -> {
                if (text.startsWith("RET")) returns.add(address);
            });
            return returns;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GoPrograms.OLD, GoPrograms.NEW})
    void sites_ofEveryCompiledFunction_areTheDisassemblers(String release) throws Exception {
        Path file = GoPrograms.plain("web", release);
        Map<Long, Listing> listings = listings(GoPrograms.disassemble(file));
        Map<String, Object> wrong = new TreeMap<>();
        int compared = 0;
        try (GoBinary binary = GoBinary.read(file)) {
            for (Listing listing : listings.values()) {
                HookSites hook = binary.hook(listing.name());
                Listing real = listings.get(hook.address()); // of two of one name, the one that is no wrapper
                if (real == null || hook.start() == null) continue;
                compared++;
                TreeSet<Long> returns = new TreeSet<>();
                hook.returns().forEach(site -> returns.add(site.address()));
                if (!returns.equals(real.returns())) wrong.put(listing.name(), List.of(returns, real.returns()));
                String start = real.instructions().get(hook.start().address());
                boolean atEntry = hook.start().address() == hook.address();
                if (start == null || (!atEntry && !start.equals("PUSHQ BP")))
                    wrong.put(listing.name(), "start at " + start);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(4000);
    }

    private static Map<Long, Listing> listings(Path text) throws IOException {
        Map<Long, Listing> listings = new HashMap<>();
        Listing current = null;
        try (BufferedReader reader = Files.newBufferedReader(text)) {
            for (String line; (line = reader.readLine()) != null; ) {
                if (line.startsWith("TEXT ")) {
                    Matcher function = FUNCTION.matcher(line);
                    current = function.matches() ? new Listing(function.group(1), new TreeMap<>()) : null;
                } else if (current != null) {
                    add(line, current, listings);
                }
            }
        }
        return listings;
    }

    private static void add(String line, Listing current, Map<Long, Listing> listings) {
        Matcher instruction = INSTRUCTION.matcher(line);
        if (!instruction.matches()) return;
        long address = Long.parseLong(instruction.group(1), 16);
        if (current.instructions().isEmpty()) listings.put(address, current);
        String operation = instruction.group(2);
        boolean wanted = operation.startsWith("RET") || operation.startsWith("PUSHQ");
        String operand = instruction.group(3) == null ? "" : " " + instruction.group(3);
        current.instructions().put(address, wanted ? (operation + operand).intern() : "");
    }
}
