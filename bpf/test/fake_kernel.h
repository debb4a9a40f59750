/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The kernel as a probe sees it, in the hands of a test. */
#pragma once

#include <stddef.h>
#include <zerospan/maps.h>
#include <zerospan/wire.h>

struct process {
	__u32 tgid;
	__u64 start_ns;
	__u32 netns;
	int threads; /* alive */
	__u64 execs;
	__u64 code_end, variables; /* read-only data is between them */
};

/* Forgets everything; the test begins. */
void kernel_reset(void);

/* Who runs, and where. Answers the one that ran before. */
const struct process *kernel_run_as(const struct process *process);
void kernel_cpu(__u32 cpu);
/* The hand clock. */
void kernel_time(__u64 ns);
void kernel_cookie(__u64 cookie);
/* The wave of attached probes that the next programs belong to; 1 after a reset. */
void kernel_wave(__u64 wave);

/* The host's part: sizes, and the switch. */
void kernel_contexts_max(__u32 entries);
void kernel_ring_max(__u32 bytes);
void kernel_arm(__u32 executable, __u32 armed);

/* How often something was lost, over all CPUs. */
__u64 kernel_counter(enum zs_counter counter);
/* Sum of all counters of losses. */
__u64 kernel_losses(void);
/* Entries of zs_contexts of one kind. */
int kernel_entries(enum zs_key_kind kind);
int kernel_process_known(__u32 tgid);
/* Deletes an entry of zs_contexts, as the host does with those of dead processes. */
void kernel_forget_process(__u32 tgid);
/* Takes out what a goroutine of an ended process left, as the host does; how many spans stood open in it. */
int kernel_take_goroutine(const struct process *ended, __u64 goid);
/* Notes a process whose start time it does not know, as the host does. */
void kernel_note_process(__u32 tgid);

/* The oldest record in the ring, into at most max bytes; its size, 0 if there is none. */
__u32 kernel_take_record(void *to, size_t max);
int kernel_records(void);

/*
 * Lets happen run in the midst of the next program, at its nth step. A step lies at every fence and atomic operation,
 * and before and after the helpers. The other one runs on the same CPU, as if the kernel had preempted the program.
 * kernel_interrupted answers whether the program came that far.
 */
void kernel_interrupt(int nth, void (*happen)(void));
int kernel_interrupted(void);
