package io.zerospan.libbpf;

/**
 * What the kernel takes on this machine to get from a traced instruction into a program and back, an empty one included.
 *
 * @param emulatedNanos where it emulates the instruction
 * @param steppedNanos where it runs the instruction elsewhere, which takes a second trap
 */
public record TrapCost(long emulatedNanos, long steppedNanos) {}
