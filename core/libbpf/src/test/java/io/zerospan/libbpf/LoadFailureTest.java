package io.zerospan.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadFailureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scalar_access_6_18      | p: program reads_anywhere was refused by the verifier: R0 invalid mem access 'scalar', at instruction 1: (61) r0 = *(u32 *)(r0 +0), of source line: return *(int *)address; @ refused.bpf.c:10; change the probe, the whole log shows the way there
            stack_5_15              | p: program start was refused by the verifier: invalid indirect read from stack R2 off -16+4 size 12, at instruction 9: (85) call bpf_map_lookup_elem#1, of source line: ctx = bpf_map_lookup_elem(&zs_contexts, &key);; change the probe, the whole log shows the way there
            too_complex             | p: program walk was refused by the verifier: BPF program is too large. Processed 1000001 insn, at instruction 44: (07) r3 += 1; change the probe, the whole log shows the way there
            core_relocation         | p: program exec was refused by the verifier: failed to resolve CO-RE relocation <byte_off> [12] struct task_struct.nosuch (0:1 @ offset 8); change the probe, the whole log shows the way there
            no_rights               | p: program start could not be loaded: Operation not permitted; run as root or with CAP_BPF and CAP_PERFMON
            map_refused             | p: map events could not be created: Invalid argument(-22); the kernel may be too old for this probe, or its limits too low
            """)
    void message_fromLog_isTheOneLineThatMatters(String log, String message) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/logs", log + ".txt"));
        int errno = log.equals("no_rights") ? -1 : -22;
        BpfException failure = LoadFailure.of("p", errno, text);
        assertThat(failure).hasMessage(message);
        assertThat(failure.details()).isEqualTo(text);
    }

    @Test
    void message_withoutLog_namesTheErrorNumber() {
        assertThat(LoadFailure.of("p", -22, ""))
                .hasMessage("p: load: EINVAL, invalid argument; the kernel may be too old for this probe,"
                        + " or its limits too low");
    }

    @Test
    void reason_logCutShort_isStillOneLine() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/logs/stack_5_15.txt"));
        for (int length = 0; length <= text.length(); length++) {
            assertThat(LoadFailure.of("p", -22, text.substring(0, length)).getMessage())
                    .doesNotContain("\n");
        }
    }
}
