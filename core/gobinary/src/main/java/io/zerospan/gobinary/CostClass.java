package io.zerospan.gobinary;

/** What the kernel does with the instruction under a probe; the second costs another trap, 3 to 20 times as much. */
public enum CostClass {
    EMULATED,
    SINGLE_STEP
}
