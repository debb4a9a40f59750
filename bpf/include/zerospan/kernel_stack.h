/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Where a program's stack lies. */
#pragma once

#include <linux/types.h>

const volatile __u8 zs_never = 0; /* nobody sets it */

/*
 * From Linux 6.13 on a program's stack may lie in memory of its CPU. The kernel leaves that to programs that can't be
 * interrupted by themselves, and takes those at uprobes for such; but where it is preemptible, one goroutine's thread may be
 * preempted within a program, and another one run the same program on this CPU and on this stack: that corrupted pointers and
 * brought the kernel to an oops. A program with a tail call keeps the stack of its thread. This one is never made, and
 * the verifier takes it out; the host takes it out where stacks are never private.
 */
static __always_inline void zs_keep_kernel_stack(void)
{
#ifdef __bpf__
	if (zs_never)
		asm volatile("call 12" /* bpf_tail_call */ ::: "r0", "r1", "r2", "r3", "r4", "r5");
#endif
}
