package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.BpfObject;
import io.zerospan.libbpf.LibBpf;
import io.zerospan.libbpf.ProbeTags;
import java.util.ArrayList;
import java.util.List;

/** All that can be wrong with a probe's object and is found without the kernel and without rights. */
final class ObjectCheck {
    /** The tag in which {@code probe.bpf.h} puts {@code ZS_ABI}. */
    static final String ABI_WORD = "abi";

    /** The tag in which {@code go.h} says whose registers the object reads. */
    static final String ARCH_WORD = "arch";

    /** What the host sets in each object, see {@code constants.h}. */
    private static final List<String> OURS = List.of("zs_event_type", "zs_executable", "zs_pie", "zs_seed");

    private ObjectCheck() {}

    static ProbeDeclarations read(LibBpf lib, ProbeObject probe) throws ComponentException {
        try (BpfObject object = BpfObject.open(lib, probe.name(), probe.elf())) {
            return check(probe, object);
        } catch (BpfException e) {
            throw new ComponentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Answers what an object that is all right declares. */
    static ProbeDeclarations check(ProbeObject probe, BpfObject object) throws ComponentException, BpfException {
        String name = probe.name();
        checkAbi(name, object.tags());
        checkArchitecture(name, object.tags());
        ProbeDeclarations declared = ProbeDeclarations.read(name, object.tags());
        if (declared.hooks().isEmpty() && declared.planned().isEmpty()) {
            throw new ComponentException(name
                    + ": declares no hook; mark its programs by GO_START(\"function\") or GO_RETURN(\"function\")");
        }
        if (!declared.planned().isEmpty()
                && (probe.planner() == null || !object.maps().contains(PlannedSites.MAP))) {
            throw new ComponentException(
                    name + ": has planned hooks, which want ZS_PLANS in the object and a HookPlanner in its receiver");
        }
        SharedMaps.checkShapes(object);
        List<String> variables = new ArrayList<>(OURS);
        variables.addAll(probe.constants().keySet());
        checkNames(declared, object, variables);
        return declared;
    }

    /** The first thing asked: the meaning of all the rest depends on it. */
    static void checkAbi(String name, ProbeTags tags) throws ComponentException {
        String found = said(ABI_WORD, tags);
        if (!found.equals(Integer.toString(Wire.ABI))) {
            throw new ComponentException(name
                    + (found.isEmpty() ? ": has no ABI version" : ": has ABI version " + found)
                    + ", this host wants " + Wire.ABI
                    + "; compile it against this host's include/zerospan/probe.bpf.h");
        }
    }

    /** An object that does not include {@code go.h} reads no registers and says nothing. */
    private static void checkArchitecture(String name, ProbeTags tags) throws ComponentException {
        String found = said(ARCH_WORD, tags);
        String wanted = ProbeObject.architecture();
        if (!found.isEmpty() && !found.equals(wanted)) {
            throw new ComponentException(name + ": is compiled for " + found + ", this machine is " + wanted
                    + "; compile it with -D__TARGET_ARCH_" + wanted);
        }
    }

    /** The value of the tag of this word, or nothing. */
    private static String said(String word, ProbeTags tags) {
        String prefix = "zs:" + word + ":";
        return tags.tags().stream()
                .map(ProbeTags.Tag::text)
                .filter(text -> text.startsWith(prefix))
                .map(text -> text.substring(prefix.length()))
                .findFirst()
                .orElse("");
    }

    /** Constants are set and programs attached by name: each must have survived the compiler. */
    private static void checkNames(ProbeDeclarations declared, BpfObject object, List<String> variables)
            throws ComponentException {
        declared.fields().forEach(field -> variables.add(field.variable()));
        declared.types().forEach(type -> variables.add(type.variable()));
        declared.attributes().forEach(attribute -> variables.add(attribute.variable()));
        for (String variable : variables) {
            if (!object.hasVariable(variable)) {
                throw new ComponentException(declared.object() + ": " + variable
                        + " is no constant of the object; declare it as the macros do");
            }
        }
        List<ProbeDeclarations.Hook> hooks = new ArrayList<>(declared.hooks());
        hooks.addAll(declared.planned());
        for (ProbeDeclarations.Hook hook : hooks) {
            if (!object.programs().contains(hook.program())) {
                throw new ComponentException(declared.object() + ": " + hook.program()
                        + " is no program of the object; it must not be static or inline");
            }
        }
    }
}
