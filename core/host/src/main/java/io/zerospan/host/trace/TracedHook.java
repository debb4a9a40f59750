package io.zerospan.host.trace;

/**
 * A program in an executable, whose runs the kernel can count.
 *
 * @param owner the loaded object: tells a program from its successor of the same name
 * @param target path of the executable
 * @param program its name in the object
 * @param steppedPart of its sites, from 0 to 1: those whose instruction takes the kernel a second trap
 */
record TracedHook(Object owner, String target, String program, double steppedPart) {}
