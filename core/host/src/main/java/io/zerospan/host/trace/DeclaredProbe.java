package io.zerospan.host.trace;

import io.zerospan.api.ComponentException;
import io.zerospan.api.ProbeObject;
import io.zerospan.api.Stability;
import io.zerospan.libbpf.BpfException;
import io.zerospan.libbpf.LibBpf;
import java.util.List;

/**
 * What an object file tells of itself.
 *
 * @param about one line, or empty
 * @param hooks the Go functions that it probes; candidates are separated by {@code |}
 */
public record DeclaredProbe(String about, Stability stability, List<String> hooks) {

    /** Refuses, in one sentence that begins with the object's name, what no executable could use. Needs no rights. */
    public static DeclaredProbe read(ProbeObject object) throws ComponentException {
        try {
            ProbeDeclarations declared = ObjectCheck.read(LibBpf.load(), object);
            List<String> hooks = declared.hooks().stream()
                    .map(hook -> String.join("|", hook.symbols()))
                    .distinct()
                    .toList();
            return new DeclaredProbe(declared.about().text(), declared.about().stability(), hooks);
        } catch (BpfException e) {
            throw new ComponentException(object.name() + ": " + e.getMessage(), e);
        }
    }
}
