package io.zerospan.host.trace;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Probes that had to give way to another one at the same function, until that goes. For one thread at a time. */
final class LeftOut {
    private record Entry(int executable, String receiver, String owner) {}

    private final Set<Entry> entries = new HashSet<>();

    /** @param owner name of the object that has the function */
    void add(Executable executable, String receiver, String owner) {
        entries.add(new Entry(executable.index(), receiver, owner));
    }

    /** Takes out the receivers that gave way to one of these objects in an executable. */
    Set<String> takeBehind(Set<String> owners, Executable executable) {
        Set<Entry> behind = entries.stream()
                .filter(entry -> entry.executable == executable.index() && owners.contains(entry.owner))
                .collect(Collectors.toSet());
        entries.removeAll(behind);
        return behind.stream().map(Entry::receiver).collect(Collectors.toSet());
    }

    void forget(Executable executable) {
        entries.removeIf(entry -> entry.executable == executable.index());
    }

    void forget(String receiver) {
        entries.removeIf(entry -> entry.receiver.equals(receiver));
    }
}
