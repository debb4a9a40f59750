package io.zerospan.host.cli;

import io.zerospan.host.cli.Finding.Verdict;
import io.zerospan.host.text.Printable;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.ParseResult;

/** {@code zerospan doctor}: exit code 0 when tracing works, warnings or not, and 1 when it does not. */
public final class DoctorCommand implements Command {
    private final Supplier<Machine> machine;

    public DoctorCommand() {
        this(Machine::look);
    }

    DoctorCommand(Supplier<Machine> machine) {
        this.machine = machine;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String description() {
        return "Says what works on this machine, what does not, and what to do.";
    }

    @Override
    public int run(ParseResult arguments, Console console) {
        List<Finding> findings = Diagnosis.of(machine.get());
        for (Finding finding : findings) {
            console.out()
                    .println(Printable.line(
                            "%-4s  %-19s  %s".formatted(finding.verdict(), finding.subject(), finding.text())));
        }
        long failures = count(findings, Verdict.FAIL);
        console.out().println();
        console.out().println(conclusion(failures, count(findings, Verdict.WARN)));
        console.out().flush();
        return failures == 0 ? Cli.OK : Cli.FAILED;
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static String conclusion(long failures, long warnings) {
        if (failures > 0) {
            return "Zerospan cannot trace here: put right what FAIL names, from the top.";
        }
        return warnings == 0 ? "Zerospan can trace here." : "Zerospan can trace here, with the limits that WARN names.";
    }
}
